"""The invented demo content is data that people edit by hand: these checks keep its parts in agreement."""

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import pytest

DEMO = Path(__file__).resolve().parents[2] / "speeches" / "demo"
STATES = {"draft", "issued", "in_progress", "submitted", "closed", "returned", "on_hold", "withdrawn"}
OPEN = {"issued", "in_progress", "returned"}
CYCLES = {"once", "weekly", "biweekly", "monthly", "quarterly", "staged"}
RULINGS = {"继续办理", "重定时限", "改派", "办结", "约谈"}
ROLES = {"officer", "liaison", "principal", "leader", "admin"}


def load(name: str) -> Any:
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def org() -> Any:
    return load("org.json")


@pytest.fixture(scope="module")
def items() -> Any:
    return load("items.json")["items"]


@pytest.fixture(scope="module")
def units(org: Any) -> set[str]:
    return {unit["short_name"] for unit in org["departments"]}


@pytest.fixture(scope="module")
def speeches() -> dict[int, str]:
    return {number: (DEMO / f"speech{number}.txt").read_text(encoding="utf-8") for number in (1, 2, 3)}


def due_day(base: str, offset: int) -> date:
    """The day an item really falls due: a deadline on a day off moves to the next working day."""
    day = date.fromisoformat(base) + timedelta(offset)
    while not chinese_calendar.is_workday(day):
        day += timedelta(1)
    return day


@pytest.mark.parametrize(
    ("number", "least", "spoken_on"),
    [(1, 8500, "2026年8月14日"), (2, 3300, "2026年10月16日"), (3, 2300, "2026年11月13日")],
    ids=["yearly meeting", "safety meeting", "office meeting"],
)
def test_a_speech_has_its_length_its_speaker_and_its_date(speeches, number, least, spoken_on):
    assert len(speeches[number]) >= least
    head = speeches[number][:200]
    assert spoken_on in head
    assert "澜浦区教育局" in head


def test_there_are_fourteen_departments_and_no_two_share_a_name(org):
    names = [n for d in org["departments"] for n in {d["name"], d["short_name"], *d["aliases"]}]
    assert len(org["departments"]) == 14
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_every_department_has_a_leader_and_a_liaison(org, units):
    leaders = {p["login"] for p in org["people"] if any(r["role"] == "leader" for r in p["roles"])}
    served = {r["department"] for p in org["people"] for r in p["roles"] if r["role"] == "liaison"}
    assert {d["leader"] for d in org["departments"]} <= leaders
    assert served == units


def test_people_have_known_roles_and_own_logins(org):
    roles = [r["role"] for p in org["people"] for r in p["roles"]]
    assert set(roles) == ROLES
    assert len({p["login"] for p in org["people"]}) == len(org["people"])
    assert any(len(p["roles"]) > 1 for p in org["people"])


def test_groups_hold_departments_or_whole_kinds(org, units):
    kinds = {"*" + d["kind"] for d in org["departments"]}
    assert {m for g in org["groups"] for m in g["members"]} <= units | kinds


def test_school_terms_follow_one_another(org):
    days = [day for term in org["terms"] for day in (term["starts"], term["ends"])]
    assert days == sorted(days)


def test_sixty_items_show_every_state(items):
    assert len(items) == 60
    assert {i["state"] for i in items} == STATES


def test_every_quote_stands_exactly_once_in_its_speech(items, speeches):
    wrong = [
        i["title"] for i in items if i["speech"] is not None and speeches[i["speech"]].count(i["quote"]) != 1
    ]
    assert wrong == []
    assert sum(i["speech"] is not None for i in items) >= 40


def test_an_item_without_a_speech_names_its_source(items):
    assert all(i["source"] and i["quote"] is None for i in items if i["speech"] is None)


def test_items_and_feedback_name_existing_departments(items, units):
    for i in items:
        named = {i["lead"]} - {None} | set(i["supporting"]) | {f["by_department"] for f in i["feedback"]}
        assert named <= units, i["title"]
        assert i["lead"] not in i["supporting"]


def test_an_item_without_lead_is_still_a_draft(items):
    unled = [i for i in items if i["lead"] is None]
    assert unled
    assert {i["state"] for i in unled} == {"draft"}


def test_titles_fit_a_ledger_row_and_are_unique(items):
    assert [i["title"] for i in items if len(i["title"]) > 40] == []
    assert len({i["title"] for i in items}) == len(items)


def test_dates_of_an_item_run_forward(items):
    for i in items:
        told = [x["offset"] for x in i["feedback"]]
        assert told == sorted(told), i["title"]
        assert (i["state"] == "draft") == (i["issued_offset"] is None), i["title"]
        assert (i["state"] == "closed") == (i["closed_offset"] is not None), i["title"]
        assert all(i["issued_offset"] <= offset <= 0 for offset in told), i["title"]
        assert i["feedback_cycle"] in CYCLES


def test_feedback_and_closing_fall_on_working_days(items):
    base = date.fromisoformat(load("items.json")["base_date"])
    for i in items:
        offsets = [x["offset"] for x in (*i["feedback"], *i["events"])]
        offsets += [o for o in (i["issued_offset"], i["closed_offset"]) if o is not None]
        assert all(chinese_calendar.is_workday(base + timedelta(o)) for o in offsets), i["title"]


def test_a_moved_deadline_is_explained_by_its_events(items):
    for i in items:
        moves = [e for e in i["events"] if e["kind"] in {"extension", "reset"}]
        chain = [i["original_due_offset"], *(e["to_offset"] for e in moves)]
        assert [e["from_offset"] for e in moves] == chain[:-1], i["title"]
        assert chain[-1] == i["due_offset"], i["title"]


def test_seven_items_are_overdue_in_five_departments(items):
    base = load("items.json")["base_date"]
    today = date.fromisoformat(base)
    dated = [i for i in items if i["state"] in OPEN and i["due_offset"] is not None]
    late = [i for i in dated if due_day(base, i["due_offset"]) < today]
    assert (len(late), len({i["lead"] for i in late})) == (7, 5)


def test_three_items_ask_the_meeting_for_help(items):
    asking = [i for i in items if i["feedback"] and i["feedback"][-1]["needs_meeting"]]
    assert len(asking) == 3


def test_rulings_point_at_items_that_existed_at_the_meeting(items, units):
    meetings = load("meetings.json")["meetings"]
    assert [m["held_offset"] < 0 for m in meetings] == [True, True, False]
    for m in meetings:
        for ruling in m["rulings"]:
            assert ruling["ruling"] in RULINGS
            assert items[ruling["item"]]["issued_offset"] < m["held_offset"]
            assert ("due_offset" in ruling) == (ruling["ruling"] == "重定时限")
            assert ruling.get("department", "办公室") in units


def test_a_new_deadline_ruled_at_a_meeting_is_in_the_item_history(items):
    for m in load("meetings.json")["meetings"]:
        for ruling in (r for r in m["rulings"] if r["ruling"] == "重定时限"):
            events = items[ruling["item"]]["events"]
            assert (m["held_offset"], ruling["due_offset"]) in [
                (e["offset"], e.get("to_offset")) for e in events
            ]
