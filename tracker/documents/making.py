"""From a frozen snapshot to files: which context, which template, how many files."""

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from jinja2 import TemplateError

from tracker.documents import agreement, sheets
from tracker.documents.contexts import meeting as meetings
from tracker.documents.contexts.breakdown import breakdown
from tracker.documents.contexts.bulletin import bulletin
from tracker.documents.contexts.slips import slips
from tracker.documents.figures import Line, Snapshot
from tracker.documents.kinds import Form, Kind
from tracker.documents.refusals import BrokenTemplate
from tracker.documents.rendering import render
from tracker.meetings.plain import from_plain
from tracker.meetings.report import Agenda, agenda_from

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class MeetingSnapshot:
    """What a meeting's documents are made from."""

    facts: meetings.MeetingFacts
    agenda: Agenda

    @classmethod
    def revive(cls, data: Mapping[str, Any]) -> "MeetingSnapshot":
        """From the document's stored snapshot."""
        return cls(from_plain(meetings.MeetingFacts, data["meeting"]), agenda_from(data["agenda"]))


@dataclass(frozen=True, slots=True)
class File:
    """A file to be stored. The name has its extension."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """The document's file, its annex if it has one, and what was found to agree."""

    file: File
    annex: File | None = None
    agreed: tuple[str, ...] = ()


def revive(form: Form, data: Mapping[str, Any]) -> Snapshot | MeetingSnapshot:
    """The stored snapshot of a document."""
    return (
        MeetingSnapshot.revive(data)
        if form.kind in (Kind.REPORT, Kind.MINUTES)
        else Snapshot.revive(dict(data))
    )


def how_many_numbers(form: Form, snapshot: Snapshot | MeetingSnapshot) -> int:
    """How many numbers of its series a document needs."""
    if form.series is None:
        return 0
    return len(snapshot.lines) if form.one_each and isinstance(snapshot, Snapshot) else 1


def check(snapshot: Snapshot | MeetingSnapshot) -> list[str]:
    """What was found to agree. Raises `FiguresDisagree`."""
    if isinstance(snapshot, Snapshot):
        return agreement.check(snapshot)
    return agreement.check_agenda(snapshot.agenda)


def make(
    form: Form,
    snapshot: Snapshot | MeetingSnapshot,
    *,
    template: bytes,
    numbers: Sequence[str],
    options: Mapping[str, Any],
    progress: Progress = lambda done, total: None,
) -> Made:
    """The files. Raises `Refused`: figures that disagree, a template that cannot be filled in."""
    try:
        return _make(form, snapshot, template, numbers, options, progress)
    except TemplateError as error:
        raise BrokenTemplate([f"模板不能填写：{error}"]) from error


def _make(
    form: Form, snapshot: Snapshot | MeetingSnapshot, template: bytes, numbers: Sequence[str],
    options: Mapping[str, Any], progress: Progress,
) -> Made:  # fmt: skip
    if isinstance(snapshot, MeetingSnapshot):
        return _of_meeting(form, snapshot, template, numbers, options)
    stamp = f"{snapshot.today:%Y%m%d}"
    match form.kind:
        case Kind.BREAKDOWN:
            context = breakdown(snapshot)
            return Made(File(f"{context['标题']}.docx", render(template, context)))
        case Kind.BREAKDOWN_SHEET:
            context = breakdown(snapshot)
            return Made(File(f"{context['标题']}.xlsx", sheets.breakdown_sheet(context)))
        case Kind.BULLETIN:
            return _bulletin(snapshot, template, numbers[0], options)
        case Kind.SUMMARY:
            return Made(File(f"落实情况汇总表{stamp}.xlsx", sheets.summary_sheet(snapshot)))
        case _:
            return Made(_slips(form, snapshot, template, numbers, options, progress))


def _of_meeting(
    form: Form, snapshot: MeetingSnapshot, template: bytes, numbers: Sequence[str], options: Mapping[str, Any]
) -> Made:
    facts, agenda = snapshot.facts, snapshot.agenda
    if form.kind != Kind.REPORT:
        context = meetings.minutes(facts, agenda, number=numbers[0], options=options)
        return Made(File(f"{facts.title}纪要.docx", render(template, context)))
    context = meetings.report(facts, agenda)
    said = context["总体情况"] + context["增减"]
    agreed = agreement.check_report(said, context["台账"]) if agenda.ledger else []
    return Made(
        File(f"{facts.title}督办事项进展情况汇报.docx", render(template, context)), agreed=tuple(agreed)
    )


def _bulletin(snapshot: Snapshot, template: bytes, number: str, options: Mapping[str, Any]) -> Made:
    context = bulletin(snapshot, number=number, options=options)
    agreed = agreement.check_text(context["总体情况"], context["附表"])
    annex = File(f"督办事项落实情况汇总表（督查通报{number}附件）.xlsx", sheets.summary_sheet(snapshot))
    return Made(File(f"督查通报{number}.docx", render(template, context)), annex, tuple(agreed))


def _slips(
    form: Form,
    snapshot: Snapshot,
    template: bytes,
    numbers: Sequence[str],
    options: Mapping[str, Any],
    progress: Progress,
) -> File:
    """One file with a page each, or a zip with one file a department."""
    numbered = list(zip(snapshot.lines, numbers or [""] * len(snapshot.lines), strict=True))
    name = f"{form.label}（{len(numbered)}件）{snapshot.today:%Y%m%d}"
    if len(numbered) == 1:
        name = (
            f"{form.label}{numbers[0] if numbers else ''}（{snapshot.lines[0].department or '未明确单位'}）"
        )
    if options.get("layout") != "zip":
        context = _slip_context(form, snapshot, numbered, options)
        return File(f"{name}.docx", render(template, context))
    stream = BytesIO()
    batches = list(_by_department(numbered))
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for position, (department, batch) in enumerate(batches, start=1):
            content = render(template, _slip_context(form, snapshot, batch, options))
            archive.writestr(
                f"{position:02d} {_file_safe(department)} {form.label}（{len(batch)}件）.docx", content
            )
            progress(position, len(batches))
    return File(f"{name}.zip", stream.getvalue())


def _slip_context(
    form: Form, snapshot: Snapshot, batch: Sequence[tuple[Line, str]], options: Mapping[str, Any]
) -> dict[str, Any]:
    lines, numbers = zip(*batch, strict=True)
    return slips(snapshot, lines, kind=form.kind, numbers=numbers, options=options)


def _by_department(numbered: Sequence[tuple[Line, str]]) -> Iterator[tuple[str, list[tuple[Line, str]]]]:
    found: dict[str, list[tuple[Line, str]]] = {}
    for line, number in numbered:
        found.setdefault(line.department or "未明确单位", []).append((line, number))
    yield from found.items()


def _file_safe(name: str) -> str:
    return "".join("＿" if sign in '\\/:*?"<>|' or ord(sign) < 32 else sign for sign in name)[:60]
