"""Why a file cannot be read, said so that a clerk knows what to do next."""


class UnreadableFile(Exception):
    """`code` is for programs, `message` says what happened, `advice` what to do. Both are Chinese."""

    def __init__(self, code: str, message: str, advice: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}{self.advice}"

    def __reduce__(self) -> tuple[type["UnreadableFile"], tuple[str, str, str]]:
        # Exceptions pickle by their single argument otherwise, and a worker's failure must survive the trip.
        return type(self), (self.code, self.message, self.advice)


SAVE_AS_DOCX = "请用 Word 或 WPS 打开后另存为 .docx 再上传。"

_TEXTS: dict[str, tuple[str, str]] = {
    "empty": ("文件是空的。", "请检查文件是否保存完整，重新选择后再上传。"),
    "damaged": ("文件已损坏或没有传完整。", "请用 Word 或 WPS 打开确认，另存一份后再上传。"),
    "encrypted": ("文件设有打开密码。", "请去掉密码、另存后再上传。"),
    "encoding": ("认不出文字的编码。", "请用记事本打开，另存为 UTF-8 编码的 .txt 再上传，或直接粘贴文字。"),
    "unknown_type": ("这不是能读的文档。", "可以上传 .docx、.txt 或带文字的 .pdf，也可以直接粘贴文字。"),
    "program": ("这是一个程序文件，不是文档。", "请选择讲话稿本身；来历不明的文件请交给信息管理员。"),
    "macro": ("文档里带有宏程序。", "请另存为不带宏的 .docx 再上传。"),
    "unsafe": (
        "文件的内部结构异常，为安全起见没有打开。",
        "请用 Word 或 WPS 打开后另存一份再上传，或直接粘贴文字。",
    ),
    "no_text": (
        "PDF 里没有文字，可能是扫描件。",
        "请上传带文字的 PDF 或 Word 原稿；只有纸质件时，请先识别成文字再上传。",
    ),
    "legacy": ("这是旧格式的文档，目前不能直接读取。", SAVE_AS_DOCX),
    "spreadsheet": ("这是电子表格，不是讲话稿。", "请上传讲话稿本身；已有的任务表请到台账里导入。"),
    "presentation": ("这是演示文稿，不是讲话稿。", "请上传讲话稿的 Word 文档，或粘贴文字。"),
    "picture": ("这是图片，不能读出文字。", "请上传 Word 原稿或带文字的 PDF。"),
    "archive": ("这是压缩包，不是文档。", "请先解压，再上传其中的讲话稿。"),
    "ofd": ("这是 OFD 版式文件，目前不能直接读取。", "请用阅读器另存为 PDF，或上传 Word 原稿。"),
}


def unreadable(code: str, message: str = "", advice: str = "") -> UnreadableFile:
    """The error of this code, with its standing words where none are given."""
    standing_message, standing_advice = _TEXTS.get(code, ("", ""))
    return UnreadableFile(code, message or standing_message, advice or standing_advice)


def too_large(message: str) -> UnreadableFile:
    """`message` names the limit that was passed."""
    return UnreadableFile("too_large", message, "请只保留讲话稿正文，或分成几份上传。")
