"""Why a document is not made: a sentence for the person who asked, and what to do about it."""


class Refused(Exception):
    """`str()` says what is wrong, `advice` what to do; `code` is for programs."""

    code = "refused"

    def __init__(self, message: str, advice: str = "") -> None:
        self.advice = advice
        super().__init__(message)


class NothingToPrint(Refused):
    """The scope holds no item."""

    code = "empty"

    def __init__(self, what: str = "所选范围内没有事项，未生成文件。") -> None:
        super().__init__(what, "请改选讲话、会议、时间段或事项后再试。")


class BrokenTemplate(Refused):
    """The template cannot be used: `problems` names each fault."""

    code = "template"

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("；".join(problems), "请修改模板后重新上传，或恢复使用系统样表。")
