"""The parts of the demo that need several hands: extensions, 分办, a group of schools, 批示, files, a pause.

Everything happens through the product's own functions, at its time; `ITEMS` says on which rows of items.json.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile

from speeches.demo.office import add_schools
from speeches.demo.replay import Stage, Step
from tracker.items.extensions import ask_extension, decide_extension
from tracker.items.feedback import report_progress
from tracker.items.files import attach
from tracker.items.instructing import instruct
from tracker.items.models import ExtensionRequest
from tracker.items.parts import give_part
from tracker.items.workflow import make_move
from tracker.org.models import Department, DepartmentGroup, Person

PENDING, REFUSED, RETURNED, GROUP, SPLIT, INSTRUCTED, PAUSED = 7, 22, 25, 41, 11, 44, 48
EVERY_SCHOOL = "各学校"
SIGNED, DONE = 7, 5


def story_steps(stage: Stage, rows: list[dict[str, Any]], schools: list[dict[str, Any]]) -> list[Step]:
    """All of it, to be played with the items' own lives."""
    return [
        *_schools(stage, rows[GROUP], schools),
        *_extensions(stage),
        *_returned(stage, rows[RETURNED]),
        *_split(stage),
        *_told(stage),
        *_paused(stage),
    ]


def _handler(department: Department) -> Person:
    found = department.memberships.filter(role="liaison").order_by("pk").first()
    if found is None:
        raise ValueError(f"nobody reports for {department}")
    return found.person


def _extensions(stage: Stage) -> Iterator[Step]:
    """One request refused, one that waits."""
    yield Step(
        stage.day(-6),
        10,
        partial(
            _ask,
            stage,
            REFUSED,
            24,
            "两所学校校长外出培训，现场测评尚未安排。",
            "已完成8名校长的现场测评和个别谈话。",
        ),
    )
    yield Step(
        stage.day(-5),
        10,
        partial(_refuse, stage, REFUSED, "培训11月底结束，不影响按期完成。请先安排其余学校。"),
    )
    yield Step(stage.day(-1), 16, partial(_ask, stage, PENDING, 31, "城西九年一贯制学校施工许可尚待图审意见，开工须顺延。", "5个项目已开工4个，城西项目三通一平已完成。"))  # fmt: skip


def _ask(stage: Stage, index: int, offset: int, reason: str, done: str) -> None:
    item = stage.items[index]
    item.refresh_from_db()
    assert item.lead is not None
    ask_extension(
        item=item, by=_handler(item.lead), department=item.lead, wanted=stage.base + timedelta(days=offset),
        reason=reason, done=done, next_step="倒排工期，每周报送一次进度。", head="情况属实，同意申请。",
    )  # fmt: skip


def _refuse(stage: Stage, index: int, answer: str) -> None:
    request = ExtensionRequest.objects.get(item=stage.items[index], state="pending")
    decide_extension(request=request, by=stage.officer, granted=False, answer=answer)


def _returned(stage: Stage, row: dict[str, Any]) -> Iterator[Step]:
    """Reported as done, sent back, reported again: its own life closes it."""
    day = stage.day(row["closed_offset"] - 6)
    yield Step(day, 10, lambda: _submit(stage, RETURNED, "64所学校消防设施检测全部完成。"))
    back = stage.day(row["closed_offset"] - 5)
    yield Step(back, 16, lambda: _move(stage, RETURNED, "return", "缺3所农村学校的检测报告，请补齐后再报。"))


def _submit(stage: Stage, index: int, text: str) -> None:
    item = stage.items[index]
    assert item.lead is not None
    make_move(item=item, name="submit", by=_handler(item.lead), reason=text, department=item.lead)


def _move(stage: Stage, index: int, name: str, reason: str = "") -> None:
    item = stage.items[index]
    item.refresh_from_db()
    make_move(item=item, name=name, by=stage.officer, reason=reason)


def _schools(stage: Stage, row: dict[str, Any], schools: list[dict[str, Any]]) -> Iterator[Step]:
    """An item for all nine schools: seven have signed, five have done their part."""
    issued = stage.day(row["issued_offset"])
    yield Step(issued, 8, lambda: add_schools(schools))
    yield Step(issued, 9, lambda: _to_every_school(stage), late=True)
    for number in range(SIGNED):
        yield Step(stage.calendar.add(issued, 1), 10 + number, partial(_sign, stage, number))
    for number in range(DONE):
        yield Step(stage.day(-12 + 2 * number), 14, partial(_finish, stage, number))


def _to_every_school(stage: Stage) -> None:
    stage.items[GROUP].groups.add(DepartmentGroup.objects.get(name=EVERY_SCHOOL))


def _part(stage: Stage, number: int) -> Any:
    parts = stage.items[GROUP].parts_given.filter(title="").select_related("department", "item")
    return parts.order_by("department__position", "pk")[number]


def _sign(stage: Stage, number: int) -> None:
    part = _part(stage, number)
    part.sign(by=_handler(part.department))


def _finish(stage: Stage, number: int) -> None:
    part = _part(stage, number)
    part.finish(by=_handler(part.department), note=_DONE[number])


_DONE = (
    "检测列出的11处隐患全部整改，照片已存校档。",
    "应急照明更换26只，疏散指示牌补齐。",
    "灭火器到期更换40具，消火栓水压复测合格。",
    "食堂燃气报警器已装，疏散通道清理完毕。",
    "教学楼防火门维修6樘，验收单已报送。",
)


def _split(stage: Stage) -> Iterator[Step]:
    """Three steps of three departments: one done with its paper, one in hand, one not signed for."""
    for unit, title, due in (
        ("计划财务科", "核定6所园移交资产清单", 10),
        ("安全管理科", "查验移交园舍消防和燃气", 20),
        ("装备中心", "核对园内信息化设备台账", 25),
    ):
        yield Step(stage.day(-11), 15, partial(_give, stage, unit, title, due))
    yield Step(stage.day(-10), 9, partial(_sign_step, stage, "计划财务科"))
    yield Step(stage.day(-10), 10, partial(_sign_step, stage, "安全管理科"))
    yield Step(stage.day(-3), 11, partial(_finish_step, stage, "计划财务科"))
    yield Step(stage.day(-2), 15, lambda: _report_with_file(stage))


def _give(stage: Stage, unit: str, title: str, due: int) -> None:
    item = stage.items[SPLIT]
    item.refresh_from_db()
    assert item.lead is not None
    day = stage.base + timedelta(days=due)
    give_part(item=item, department=stage.departments[unit], by=_handler(item.lead), title=title, due=day)


def _sign_step(stage: Stage, unit: str) -> None:
    part = stage.items[SPLIT].parts_given.get(department=stage.departments[unit])
    part.sign(by=_handler(part.department))


def _finish_step(stage: Stage, unit: str) -> None:
    part = stage.items[SPLIT].parts_given.get(department=stage.departments[unit])
    part.finish(by=_handler(part.department), note="6所园资产清单已核定，其中2所设施折旧需补记。")


def _report_with_file(stage: Stage) -> None:
    item = stage.items[SPLIT]
    assert item.lead is not None
    by = _handler(item.lead)
    told = report_progress(
        item=item, by=by, department=item.lead, progress="4所园移交协议已签，另2所本周内签订", percent=70,
        next_step="督促两家开发企业补交竣工备案资料",
    )  # fmt: skip
    text = "小区配套幼儿园移交清单\n一、锦华苑幼儿园  已移交\n二、临江府幼儿园  已移交\n三、东岸里幼儿园  已移交\n四、学府园幼儿园  已移交\n"
    attach(item=item, by=by, files=[ContentFile(text.encode(), name="配套幼儿园移交清单.txt")], feedback=told)


def _told(stage: Stage) -> Iterator[Step]:
    """The head of the office writes on an overdue item."""
    principal = Person.objects.filter(memberships__role="principal").order_by("pk").first()
    assert principal is not None
    words = "接送车辆安全不能等。请安全管理科下周拿出过渡线路，浔埠镇先行。"
    yield Step(
        stage.day(-6), 17, lambda: instruct(item=stage.items[INSTRUCTED], by=principal, text=words)
    )  # fmt: skip


def _paused(stage: Stage) -> Iterator[Step]:
    """Held and taken up again: the date moves by the working days between."""
    yield Step(
        stage.day(-16), 10, lambda: _move(stage, PAUSED, "hold", "全市统一招标中，结果公布前暂缓计时。")
    )
    yield Step(stage.day(-9), 10, lambda: _move(stage, PAUSED, "resume"))
