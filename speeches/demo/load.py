"""Load the invented district: office, speeches read by the real engine, 60 items, past meetings."""

import json
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from speeches.demo.linking import link_candidates
from speeches.demo.office import load_office
from speeches.demo.replay import Stage, Step, play, steps_of
from speeches.demo.story import story_steps
from speeches.intake import take_in
from speeches.jobs import extract_speech
from speeches.models import Speech
from speeches.prose import context
from tracker.items.reckoning import Reckoning
from tracker.items.register import QuoteData
from tracker.meetings.agenda import build_agenda
from tracker.meetings.models import Meeting, MeetingSeries, RulingKind
from tracker.meetings.report import Agenda, snapshot
from tracker.meetings.rulings import record_ruling
from tracker.notices.events import read_events
from tracker.notices.ladder import climb
from tracker.org import clock
from tracker.org.calendar import office_calendar, today
from tracker.org.models import Person

_FOLDER = Path(__file__).parent
# Who does what in the invented office.
OFFICER, ADMINISTRATOR = "linshuyan", "shaoyifan"
_KINDS = {label: value for value, label in RulingKind.choices}


def load_demo() -> None:
    """Fill an empty database. Dates of items are counted from today's last workday."""
    office = _json("org.json")
    departments = load_office(office)
    officer = Person.objects.get(username=OFFICER)
    speeches = {number: _speech(number, officer) for number in (1, 2, 3)}
    calendar = office_calendar()
    stage = Stage(
        base=calendar.last_workday(today()),
        calendar=calendar,
        officer=officer,
        departments=departments,
        quote_of=lambda row: _quote(row, speeches),
    )
    meetings = _json("meetings.json")["meetings"]
    rows = _without_what_meetings_write(_json("items.json")["items"], meetings, stage)
    steps = [step for index, row in enumerate(rows) for step in steps_of(stage, index, row)]
    steps += [_meeting_step(stage, row) for row in meetings]
    steps += story_steps(stage, rows, office["schools"])
    with transaction.atomic():
        play(stage, steps)
        link_candidates(speeches=list(speeches.values()), items=list(stage.items.values()), by=officer)
        climb(Reckoning.now())
        read_events()


def _json(name: str) -> Any:
    return json.loads((_FOLDER / name).read_text())


def _speech(number: int, officer: Person) -> Speech:
    """Upload a speech as the officer would, and extract it here and now by the function the worker calls."""
    data = (_FOLDER / f"speech{number}.txt").read_bytes()
    speech = take_in(ContentFile(data), name=f"讲话{number}.txt", by=officer).speech
    extract_speech(speech.pk)
    speech.refresh_from_db()
    return speech


def _quote(row: dict[str, Any], speeches: dict[int, Speech]) -> QuoteData | None:
    """The frozen words of an item, placed in the cleaned body of its speech."""
    if row["quote"] is None or row["speech"] is None:
        return None
    speech = speeches[row["speech"]]
    start = speech.body.find(row["quote"])
    if start < 0:
        raise ValueError(f"the demo quote is not in the body: {row['quote']}")
    end = start + len(row["quote"])
    before, after = context(speech.body, start, end)
    return QuoteData(
        text=row["quote"],
        before=before,
        after=after,
        section=" › ".join(_section_at(speech, start)),
        speech_ref=speech.pk,
        speech_title=speech.title,
        speaker=speech.speaker,
        said_on=speech.held_on,
        start=start,
        end=end,
    )


def _section_at(speech: Speech, offset: int) -> list[str]:
    for start, end, _role, _directive, section in speech.sentences:
        if start <= offset < end:
            return list(section)
    return []


def _without_what_meetings_write(
    rows: list[dict[str, Any]], meetings: list[dict[str, Any]], stage: Stage
) -> list[Any]:
    """Rulings write back by themselves: take out of the items' lives what the meetings will do."""
    for meeting in meetings:
        for ruling in meeting.get("rulings", ()):
            row = rows[ruling["item"]]
            if ruling["ruling"] in ("重定时限", "改派"):
                kind = "reset" if ruling["ruling"] == "重定时限" else "reassign"
                row["events"] = [
                    e
                    for e in row["events"]
                    if e["kind"] != kind or e.get("to_offset") != ruling.get("due_offset")
                ]
            if ruling["ruling"] == "办结":
                stage.closed_by_meeting.add(ruling["item"])
    return rows


def _meeting_step(stage: Stage, row: dict[str, Any]) -> Step:
    day = stage.day(row["held_offset"]) if row["held_offset"] <= 0 else stage.calendar.add(stage.base, 1)
    held_at = datetime.combine(day, time(9), tzinfo=timezone.get_current_timezone())
    series, _ = MeetingSeries.objects.get_or_create(
        name="局务例会（督办）", defaults={"place": row["place"], "weekday": day.weekday()}
    )
    meeting = Meeting(
        series=series, number=row["number"], title=row["title"], held_at=held_at, place=row["place"]
    )
    if row["held_offset"] > 0:
        return Step(stage.base, 8, meeting.save)
    return Step(day, 11, lambda: _hold(stage, meeting, row, day))


def _hold(stage: Stage, meeting: Meeting, row: dict[str, Any], day: date) -> None:
    """Rule on the items as the meeting did and freeze what it saw on that day."""
    meeting.save()
    moment = meeting.held_at.replace(hour=10, minute=50)
    now = Reckoning(today=day, calendar=stage.calendar)
    with clock.at(moment):
        _rule(stage, meeting, row, build_agenda(meeting, now=now, at=moment))
        meeting.close(
            by=stage.officer, snapshot=snapshot(build_agenda(meeting, now=now, at=moment)), at=moment
        )


def _rule(stage: Stage, meeting: Meeting, row: dict[str, Any], agenda: Agenda) -> None:
    for ruling in row["rulings"]:
        record_ruling(
            meeting=meeting,
            item=stage.items[ruling["item"]],
            kind=_KINDS[ruling["ruling"]],
            by=stage.officer,
            text=ruling["text"],
            due=stage.day(ruling["due_offset"]) if "due_offset" in ruling else None,
            lead=stage.departments[ruling["department"]] if "department" in ruling else None,
            agenda=agenda,
        )
        stage.items[ruling["item"]].refresh_from_db()
