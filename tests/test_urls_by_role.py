"""The permission walk: every address of the site, asked for by every role, answers as the table says.

A new address without a row fails the walk, so nobody forgets to say who may open it.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests.factories import (
    ActionItemFactory,
    CandidateFactory,
    MeetingFactory,
    PersonFactory,
    SpeechFactory,
)
from tracker.documents.models import Document
from tracker.exchange.models import ExportJob, ImportJob
from tracker.items.files import attach
from tracker.items.models import BulkChange, ExtensionRequest, SavedView
from tracker.items.parts import give_part
from tracker.meetings.models import MeetingSeries
from tracker.notices.models import Channel, Message
from tracker.org.models import CalendarDay, DepartmentGroup, SchoolTerm

ROLES = ("liaison", "leader", "principal", "officer", "admin", "nobody")
OPEN_TO_ALL = {"login", "healthz"}

# name: what a GET answers to 联络员 of the lead, 分管领导 of the lead, 主要领导, 督查员, 管理员, somebody without a role.
# 405 stands for addresses that only take POST.
READERS = (403, 200, 200, 200, 200, 403)
READERS_ROW = (404, 200, 200, 200, 200, 404)
OFFICERS = (403, 403, 403, 200, 200, 403)
ADMINISTRATORS = (403, 403, 403, 403, 200, 403)
EVERYBODY = (200, 200, 200, 200, 200, 200)
POST_ONLY = (405,) * 6
ADMINISTRATORS_POST = (403, 403, 403, 403, 405, 403)
PAGES = {
    "desk:home": (302, 200, 200, 200, 200, 302),  # on to 我的事项
    "login": (302,) * 6,  # signed in already
    "logout": POST_ONLY,
    "password": EVERYBODY,
    "healthz": EVERYBODY,
    "speeches:list": READERS,
    "speeches:scorecard": READERS,
    "speeches:search": READERS,
    "speeches:upload": OFFICERS,
    "speeches:detail": READERS_ROW,
    "speeches:progress": READERS_ROW,
    "speeches:edit": (404, 403, 403, 200, 200, 404),
    "speeches:find-items": (403, 403, 403, 200, 200, 403),
    "speeches:card": (404, 302, 302, 302, 302, 404),
    "items:ledger": EVERYBODY,
    "items:export": EVERYBODY,
    "items:department": (200, 200, 200, 200, 200, 404),
    "items:mine": EVERYBODY,
    "items:merge": ADMINISTRATORS,
    "items:bin": OFFICERS,
    "items:create": OFFICERS,
    "items:attachment": (200, 200, 200, 200, 200, 404),
    "items:detail": (200, 200, 200, 200, 200, 404),
    "items:edit": OFFICERS,
    "meetings:list": EVERYBODY,
    "stats:table": EVERYBODY,
    "exchange:history": (200, 200, 200, 200, 200, 404),
    "exchange:imports": OFFICERS,
    "exchange:import": OFFICERS,
    "exchange:import-progress": OFFICERS,
    "exchange:import-write": POST_ONLY,
    "exchange:refused": (403, 403, 403, 404, 404, 403),  # nothing was refused
    "exchange:export-start": POST_ONLY,
    "exchange:export": (404, 404, 404, 200, 404, 404),  # whoever asked for it
    "exchange:export-progress": (404, 404, 404, 200, 404, 404),
    "exchange:export-file": (404,) * 6,  # not made yet
    "stats:export": EVERYBODY,
    "stats:items": (404,) * 6,  # without a figure
    "meetings:plan": OFFICERS,
    "meetings:edit": OFFICERS,
    "meetings:series-new": OFFICERS,
    "meetings:series": OFFICERS,
    "meetings:detail": READERS_ROW,
    "meetings:present": READERS_ROW,
    "org:order": ADMINISTRATORS_POST,
    "org:group-delete": ADMINISTRATORS_POST,
    "org:password": ADMINISTRATORS_POST,
    "org:day-delete": ADMINISTRATORS_POST,
    "org:term-delete": ADMINISTRATORS_POST,
    "org:department-move": ADMINISTRATORS_POST,
    "org:roster-import": ADMINISTRATORS_POST,
    "org:roster-refused": ADMINISTRATORS_POST,
}  # fmt: skip
PAGES |= {
    "notices:inbox": EVERYBODY,
    "notices:unread": EVERYBODY,
    "notices:read": POST_ONLY,
    "notices:read-all": POST_ONLY,
    "notices:own-mail": POST_ONLY,
    "notices:chases": EVERYBODY,
    "notices:chase": (403, 403, 403, 302, 302, 403),  # nothing chosen: on to the ledger
    "notices:decide": POST_ONLY,
    "notices:channel-test": ADMINISTRATORS_POST,
    "notices:channel-delete": ADMINISTRATORS_POST,
    "notices:delivery-resend": ADMINISTRATORS_POST,
}  # fmt: skip
PAGES |= {
    f"notices:{name}": ADMINISTRATORS for name in ("settings", "ladder", "channels", "channel-new", "channel")
}
# 联络员 open the page for their own applications; what others asked for is not theirs.
_DOCUMENT = (404, 404, 200, 200, 200, 404)
PAGES |= {f"documents:{name}": _DOCUMENT for name in ("detail", "progress", "file", "annex")}
PAGES |= {f"documents:{name}": ADMINISTRATORS for name in ("templates", "template", "template-file")}
PAGES |= {f"documents:{name}": POST_ONLY for name in ("pick", "again", "restore")}
PAGES |= {
    "documents:list": EVERYBODY,
    "documents:new": (200, 403, 403, 200, 200, 403),
    "documents:sample": OFFICERS,
}
PAGES |= {
    f"org:{name}": ADMINISTRATORS
    for name in (
        "settings", "departments", "department-new", "department", "groups", "group-new", "group", "people", "person-new",
        "person", "calendar", "notice", "roster", "roster-export", "terms", "term-new", "term",
    )
}  # fmt: skip
PAGES |= {
    f"speeches:{name}": POST_ONLY
    for name in (
        "requeue", "undo-last", "add", "dismiss", "restore", "accept-ready", "finish", "accept", "requirement", "reject",
        "flag", "split", "merge", "attach", "undo",
    )
}  # fmt: skip
PAGES |= {
    f"items:{name}": POST_ONLY
    for name in (
        "bulk", "move", "report", "no-change", "instruct", "ask", "split", "attach", "discard", "restore", "part-act",
        "extension-review", "extension-decide", "extension-recall",
    )
}  # fmt: skip
PAGES |= {
    f"items:{name}": POST_ONLY
    for name in ("bulk-continue", "bulk-undo", "view-save", "view-change", "columns")
}
# Whose bulk change it is sees it; the walk's belongs to the officer.
PAGES |= {"items:bulk-change": (403, 403, 403, 200, 404, 403)}
PAGES |= {
    f"meetings:{name}": POST_ONLY
    for name in ("close", "propose", "rule", "add", "ask", "note", "arrange", "new-item", "take-back")
}

# Values that have broken programs before: missing, wrong type, huge, NUL, far years, hostile.
GARBAGE = {
    "nothing": lambda name: None,
    "words": lambda name: "不是数字",
    "nul": lambda name: "a\x00b",
    "huge": lambda name: "9" * 5000,
    "negative": lambda name: "-1",
    "Chinese numerals": lambda name: "二〇二六年十二月三十一日",
    "first day": lambda name: "0001-01-01T00:00" if name == "held_at" else "0001-01-01",
    "last day": lambda name: "9999-12-31T23:59" if name == "held_at" else "9999-12-31",
    "markup": lambda name: "<script>alert(1)</script>'\"--",
    "emoji": lambda name: "〔2026〕😀" * 2000,
    "many words": lambda name: "校 " * 3000,
}
WORST = ("nul", "huge", "first day", "last day", "many words")
FIELDS = (
    "title", "name", "username", "phone", "short_name", "number_prefix", "due_soon_days", "kind", "starts", "ends", "day", "until",
    "is_workday", "note", "roles", "departments", "members", "aliases", "action", "lead", "supporting", "due", "text", "ids", "all",
    "state", "item", "version", "from", "tab", "back", "reason", "progress", "percent", "problem", "next_step", "cycle", "cut", "into",
    "start", "end", "here", "show", "held_on", "held_at", "number", "place", "proposal", "source_date", "quote", "feedback_cycle",
    "numbers", "colour", "order_by", "since", "to", "items", "addressee", "level", "owner", "leader", "old_password", "new_password1", "new_password2", "place-1", "take_due", "issue_now", "find",
    "step", "deadline", "copied", "items", "to_lead", "send", "email", "digest_at", "hours_from", "site_url", "url", "secret", "host",
    "port", "sender", "form-TOTAL_FORMS", "form-0-days",
    "wanted", "done", "next_step", "head", "verdict", "answer", "review", "groups", "staged", "despite_parts", "papers",
    "rhythm", "weekday", "week", "starts_at", "series", "seen",
)  # fmt: skip
QUERIES = (
    "page=-1", "page=abc", "page=99999999999999999999", "view=xyz", "sort=;drop", "sort=-", "per_page=7", "q=〔2026〕12号",
    "q=〔〕", "q=" + "😀" * 300, "q=" + "+".join("校" * 1200), "q=%00", "q=" + "9" * 5000, "lead=abc", "lead=99999999999999999999",
    "light=9", "due_from=2026-02-30", "due_from=0001-01-01", "speech=abc", "speech=-1e99999999", "speech=1e40", "when=xyz",
    "department=99999999999999999999", "back=%00%ff", "back=page%3Dabc", "at=99999999999999999999", "at=-1", "show=xyz",
    "kind=notice&items=abc,9,,99999999999999999999", "kind=chase&speech=1e99&meeting=x&order_by=9&times=x", "kind=report&meeting=%00",
    "find=" + "+".join("校" * 1200), "find=〔2026〕", "item=abc", "tab=xyz", "part=xyz", "status=xyz",
)  # fmt: skip


FORMS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "items:create": lambda rows: {"title": "修缮校舍", "due": "2026-05-01", "feedback_cycle": "once", "source_date": "4月1日", "quote": "要修缮。", "lead": "", "level": "", "requirement": ""},
    "items:edit": lambda rows: {"title": "修缮校舍", "version": "1", "feedback_cycle": "once", "due": "2026-05-01", "supporting": "", "owner": ""},
    "items:view-save": lambda rows: {"name": "汛期", "state": "view=all", "shared": "on", "opens": "on"},
    "items:view-change": lambda rows: {"action": "rename", "name": "汛期", "state": "view=all"},
    "items:columns": lambda rows: {"column": "light", "at-light": "1", "state": "view=all"},
    "items:bulk": lambda rows: {"action": "due", "ids": f"{rows['items']['pk']}-1", "due": "2026-05-01", "text": "", "item": str(rows["items"]["pk"]), "state": "view=all"},
    "items:report": lambda rows: {"progress": "已完成", "percent": "5", "problem": "", "from": "mine", "tab": "todo", "back": "view=all"},
    "items:ask": lambda rows: {"wanted": "2026-12-01", "reason": "降雨", "done": "主体", "next_step": "", "head": "", "from": "mine", "back": ""},
    "items:extension-decide": lambda rows: {"verdict": "grant", "until": "2026-12-01", "answer": "同意"},
    "items:extension-review": lambda rows: {"review": "属实", "back": "view=all"},
    "items:split": lambda rows: {"department": str(rows["items:department"]["pk"]), "title": "一步", "due": "2026-04-20"},
    "items:part-act": lambda rows: {"text": "已完成", "from": "mine", "tab": "todo"},
    "items:instruct": lambda rows: {"text": "请抓紧", "back": ""},
    "items:discard": lambda rows: {"reason": "重复", "back": ""},
    "items:move": lambda rows: {"reason": "好", "from": "mine", "tab": "todo", "back": "view=all"},
    "notices:chase": lambda rows: {"items": str(rows["items"]["pk"]), "send": "1", "step": "urge", "to_lead": "on", "deadline": "2099-01-01", "text": "", "copied": ""},
    "notices:decide": lambda rows: {"ids": "1", "action": "issue", "all": ""},
    "notices:own-mail": lambda rows: {"email": "a@example.cn"},
    "notices:settings": lambda rows: {"digest_on": "on", "digest_at": "08:30", "hours_from": "08:30", "hours_until": "18:00", "site_url": "http://example.cn"},
    "notices:channel": lambda rows: {"name": "群", "url": "https://example.cn/hook", "secret": "s", "department": "", "sends_digest": "on", "enabled": "on"},
    "meetings:plan": lambda rows: {"number": "99", "title": "第99次例会", "held_at": "2026-12-01T09:00", "place": ""},
    "meetings:edit": lambda rows: {"number": "99", "title": "第99次例会", "held_at": "2026-12-01T09:00", "place": ""},
    "meetings:rule": lambda rows: {"kind": "reset", "text": "请抓紧", "due": "2099-01-01", "lead": ""},
    "meetings:series-new": lambda rows: {"name": "周例会", "rhythm": "weekly", "weekday": "4", "week": "1", "starts_at": "09:00", "place": "", "is_active": "on"},
    "meetings:new-item": lambda rows: {"title": "清查台账", "lead": "", "due": "2099-01-01", "text": "", "here": "end"},
    "meetings:add": lambda rows: {"number": "〔2025〕1号"},
    "meetings:note": lambda rows: {"text": "更正"},
    "meetings:propose": lambda rows: {"kind": "reset", "proposal": "请明确"},
    "documents:new": lambda rows: {"kind": "card", "source": "items", "numbers": "〔2025〕1号", "colour": "蓝", "layout": "one", "order_by": "2026-05-01", "previous": "", "number": ""},
    "speeches:accept": lambda rows: {"title": "修缮校舍", "lead": "", "supporting": "", "due": "2026-05-01", "cycle": "monthly", "show": "", "here": ""},
    "speeches:edit": lambda rows: {"title": "讲话", "speaker": "", "meeting": "", "held_on": "2026-04-10", "kind": ""},
    "speeches:upload": lambda rows: {"text": "四月底前，办公室要完成清单。", "title": "", "held_on": "2026-04-10", "kind": ""},
    "org:settings": lambda rows: {"name": "教育局", "short_name": "", "number_prefix": "督", "due_soon_days": "3", "sign_days": "2", "stagnant_days": "10"},
    "org:department-new": lambda rows: {"name": "新科", "short_name": "", "kind": "office", "leader": "", "aliases": "", "groups": "", "is_active": "on"},
    "org:person-new": lambda rows: {"name": "新人", "username": "xinren", "title": "", "phone": "", "roles": "officer", "departments": "", "is_active": "on"},
    "org:calendar": lambda rows: {"day": "2026-05-02", "until": "2026-05-03", "is_workday": "0", "note": ""},
    "org:notice": lambda rows: {"year": "2027", "text": "元旦：1月1日至3日放假，共3天。", "confirm": "1"},
    "org:term-new": lambda rows: {"name": "秋季", "starts": "2026-09-01", "ends": "2027-01-20"},
    "org:group-new": lambda rows: {"name": "各校", "other_names": "", "members": ""},
    "org:order": lambda rows: {"place-1": "2", "place-2": "1"},
    "login": lambda rows: {"username": "somebody", "password": "secret", "next": "/"},
}  # fmt: skip


def addresses() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, argument names) of every pattern of the site."""

    def walk(patterns, spaces):
        for entry in patterns:
            if isinstance(entry, URLResolver):
                inner = [*spaces, entry.namespace] if entry.namespace else spaces
                yield from walk(entry.url_patterns, inner)
            elif isinstance(entry, URLPattern):
                name = entry.name or str(entry.pattern)
                yield ":".join([*spaces, name]), tuple(entry.pattern.converters)

    return walk(get_resolver().url_patterns, [])


ADDRESSES = dict(addresses())


@pytest.fixture
def rows(department, other_department, leader, liaison, officer):
    """One row of everything, and the argument each address takes."""
    speech = SpeechFactory(uploaded_by=officer)
    speech.sentences = [[0, 14, "task", True, []], [14, 23, "requirement", True, []]]
    speech.save()
    candidate = CandidateFactory(speech=speech, start=0, end=14)
    item = ActionItemFactory(number_year=2025, lead=department, supporting=[other_department], leader=leader)
    meeting = MeetingFactory(held_at=timezone.now())
    channel = Channel.objects.create(kind="feishu", name="飞书群", url="http://127.0.0.1:9/hook")
    return {
        "speeches": {"pk": speech.pk, "candidate": candidate.pk},
        "items": {"pk": item.pk, "name": "sign"},
        "meetings": {"pk": meeting.pk, "item_pk": item.pk, "how": "up"},
        "exchange:history": {"pk": item.pk},
        "exchange": {"pk": ImportJob.objects.create(by=officer, file="none.xlsx", file_name="台账.xlsx", table={"sheet": "台账", "at": 1, "rows": 0, "headings": []}, state="waiting").pk},
        **{f"exchange:{name}": {"pk": ExportJob.objects.create(by=officer).pk} for name in ("export", "export-progress", "export-file")},
        "meetings:series": {"pk": MeetingSeries.objects.create(name="局务例会").pk},
        "documents": {"pk": _document(officer).pk, "kind": "notice"},
        "items:department": {"pk": department.pk},
        "items:part": {"pk": give_part(item=item, department=other_department, by=officer, title="核拨经费").pk, "name": "sign"},
        "items:extension": {"pk": _extension(item, liaison).pk},
        "items:attachment": {"pk": attach(item=item, by=officer, files=[ContentFile(b"x", name="a.txt")])[0].pk},
        "items:bulk-change": {"pk": BulkChange.objects.create(by=officer, label="批量修改", form="action=edit").pk},
        "items:view-change": {"pk": SavedView.objects.create(owner=officer, name="我的", shared=True).pk},
        "items:merge": {"pk": other_department.pk},
        "notices": {"pk": channel.pk, "kind": "feishu"},
        "notices:read": {"pk": Message.objects.create(person=liaison, kind="digest", day=date(2026, 4, 1), subject="汇总").pk},
        "org:department": {"pk": department.pk},
        "org:department-move": {"pk": department.pk, "way": "up"},
        "org:group": {"pk": DepartmentGroup.objects.create(name="各科室").pk},
        "org:person": {"pk": liaison.pk},
        "org:day": {"pk": CalendarDay.objects.create(day=date(2026, 5, 1), is_workday=False).pk},
        "org:term": {"pk": SchoolTerm.objects.create(name="春季", starts=date(2026, 2, 20), ends=date(2026, 7, 10)).pk},
    }  # fmt: skip


def _extension(item, liaison) -> ExtensionRequest:
    return ExtensionRequest.objects.create(
        item=item,
        department=item.lead,
        by=liaison,
        due_then=item.due,
        wanted=date(2099, 1, 1),
        reason="降雨",
        done="主体",
    )


def _document(officer) -> Document:
    row = Document(
        kind="notice", requested_by=officer, state="done", file_name="单.docx", annex_name="表.xlsx"
    )
    row.file.save("documents/1/a.docx", ContentFile(b"x"), save=False)
    row.annex.save("documents/1/b.xlsx", ContentFile(b"x"), save=False)
    row.save()
    return row


@pytest.fixture
def clients(rows, liaison, leader, principal, officer, administrator):
    people = (liaison, leader, principal, officer, administrator, PersonFactory(name="无角色"))
    result = {}
    for role, person in zip(ROLES, people, strict=True):
        result[role] = Client(raise_request_exception=False)
        result[role].force_login(person)
    return result


def url_of(name: str, rows: dict) -> str:
    """The address with the arguments of existing rows."""
    wanted = ADDRESSES[name]
    if name == "healthz":
        return "/healthz"
    if name.startswith("items:bulk-"):
        return reverse(name, kwargs=rows["items:bulk-change"])
    known = rows.get(name) or rows.get(re.sub(r"-\w+$", "", name)) or {}
    known = {**rows.get(name.split(":")[0], {}), **known}
    if name == "org:password":
        known = rows["org:person"]
    return reverse(name, kwargs={argument: known[argument] for argument in wanted})


def test_every_address_has_its_row():
    assert set(ADDRESSES) == set(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_those_it_is_for(clients, rows, name):
    url = url_of(name, rows)
    found = tuple(clients[role].get(url).status_code for role in ROLES)
    assert found == PAGES[name], dict(zip(ROLES, found, strict=True))


@pytest.mark.parametrize("name", sorted(set(PAGES) - OPEN_TO_ALL))
@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_sent_to_the_login(client, rows, name, method):
    url = url_of(name, rows)
    response = getattr(client, method)(url)
    assert (response.status_code, response.url.split("?")[0]) == (302, "/login/")


@pytest.mark.parametrize("kind", GARBAGE)
@pytest.mark.parametrize("role", ["admin", "liaison"])
def test_no_form_falls_over_garbage(clients, rows, role, kind):
    data = {field: text for field in FIELDS if (text := GARBAGE[kind](field)) is not None}
    answers = {name: clients[role].post(url_of(name, rows), data).status_code for name in _posts(role)}
    assert {name: code for name, code in answers.items() if code >= 500} == {}


@pytest.mark.parametrize("name", FORMS)
def test_one_bad_field_among_good_ones_is_no_error_of_ours(clients, rows, name):
    url, good, answers = url_of(name, rows), FORMS[name](rows), {}
    for field in good:
        for kind in WORST:
            bad = good | {field: GARBAGE[kind](field)}
            answers[field, kind] = clients["admin"].post(url, bad).status_code
    assert {key: code for key, code in answers.items() if code >= 500} == {}


@pytest.mark.parametrize("name", [name for name in PAGES if PAGES[name][4] in (200, 302)])
def test_no_page_falls_over_its_query_string(clients, rows, name):
    url = url_of(name, rows)
    answers = {query: clients["admin"].get(f"{url}?{query}").status_code for query in QUERIES}
    assert {query[:60]: code for query, code in answers.items() if code >= 500} == {}


def _posts(role: str) -> list[str]:
    """The addresses worth posting to: not to those the role may not open, and nobody is logged out."""
    at = ROLES.index(role)
    return [name for name, row in PAGES.items() if row[at] in (200, 302, 405) and name != "logout"]
