"""The review page and its decisions over HTTP: with htmx, without script, and by those who may not."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from speeches import review
from speeches.models import Candidate, Speech
from tests.factories import ActionItemFactory, CandidateFactory, DepartmentFactory, SpeechFactory
from tracker.items.models import ActionItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

HTMX = {"HTTP_HX_REQUEST": "true"}
LINE = "基础教育科要在4月底前完成第{}批校车隐患排查，逐车建立档案。"


def make_speech(count, **fields):
    """A speech of `count` sentences, each a pending candidate, under one heading."""
    lines = [LINE.format(n) for n in range(count)]
    body = "一、抓安全\n" + "".join(lines)
    speech = SpeechFactory(title=f"共{count}句的讲话", body=body, **fields)
    at, rows = 6, [[0, 5, "heading", False, []]]
    for line in lines:
        CandidateFactory(
            speech=speech, start=at, end=at + len(line), quote=line, title=f"完成校车隐患排查{at}", section=["一、抓安全"],
            lead=["基础教育科"], due=date(2026, 4, 30), due_phrase="4月底前",
        )  # fmt: skip
        rows.append([at, at + len(line), "task", True, ["一、抓安全"]])
        at += len(line)
    speech.sentences = rows
    speech.save(update_fields=["sentences"])
    return speech


@pytest.fixture
def speech(department):
    return make_speech(3)


@pytest.fixture
def first(speech):
    return speech.candidates.first()


def url(name, candidate):
    return reverse(f"speeches:{name}", args=[candidate.speech_id, candidate.pk])


def page(client, speech, query=""):
    return client.get(speech.get_absolute_url() + query)


# -- the page ----------------------------------------------------------------------------------------------------
def test_the_page_shows_the_words_the_cards_and_the_count(as_officer, speech):
    html = page(as_officer, speech).content.decode()
    assert "<b>0/3</b>" in html
    assert html.count('<article class="cc"') == 2
    assert html.count('<article class="cur here"') == 1
    assert html.count("data-n=") == 3


def test_a_link_to_a_sentence_opens_its_card(as_officer, speech):
    second = speech.candidates.all()[1]
    html = page(as_officer, speech, f"?at={second.start + 3}").content.decode()
    assert f'<article class="cur here" id="c{second.pk}"' in html


def test_a_link_to_a_sentence_nobody_took_lights_it(as_officer, speech, first):
    first.delete()
    speech.sentences[1][3] = False
    speech.save(update_fields=["sentences"])
    assert 'class="s at"' in page(as_officer, speech, "?at=8").content.decode()


def test_a_link_to_an_unclaimed_sentence_shows_it_among_the_cards(as_officer, speech, first):
    first.delete()
    html = page(as_officer, speech, "?at=8&show=no_due").content.decode()
    assert 'class="cc gap here" id="u6"' in html


@pytest.mark.parametrize("query", ["?at=abc", "?at=99999999999", "?show=nothing", "?at=4&show=done"])
def test_an_odd_address_still_shows_the_page(as_officer, speech, query):
    assert page(as_officer, speech, query).status_code == 200


def test_a_speech_without_tasks_says_so_and_offers_the_rest(as_officer):
    empty = make_speech(2)
    empty.candidates.update(is_requirement=True)
    html = page(as_officer, empty).content.decode()
    assert "未提取到任务" in html
    assert "一般要求 2 条" in html


def test_a_leader_reads_along_without_action_panels(client, leader, speech):
    client.force_login(leader)
    html = page(client, speech).content.decode()
    assert 'data-key="a"' not in html
    assert "核对完毕，交办事项" not in html


def test_two_speeches_of_one_file_are_numbered_anew(as_officer, speech):
    rows = list(speech.candidates.all())
    speech.parts = [["甲会讲话", 0, rows[2].start], ["乙会讲话", rows[2].start, len(speech.body)]]
    speech.save(update_fields=["parts"])
    html = page(as_officer, speech).content.decode()
    assert html.count('data-n="1"') == 2
    assert html.count("乙会讲话</h2>") == 2  # over its prose and over its cards


@pytest.mark.parametrize("count", [5, 60])
def test_the_page_costs_the_same_queries_however_long(
    as_officer, department, count, django_assert_max_num_queries
):
    long = make_speech(count)
    page(as_officer, long)
    with django_assert_max_num_queries(13):
        assert page(as_officer, long).status_code == 200


@pytest.mark.parametrize("count", [5, 60])
def test_a_decision_costs_the_same_queries_however_long(
    as_officer, department, count, django_assert_max_num_queries
):
    long = make_speech(count)
    with django_assert_max_num_queries(47):
        as_officer.post(url("accept", long.candidates.first()), **HTMX)


# -- decisions ---------------------------------------------------------------------------------------------------
def test_accepting_by_htmx_answers_with_the_decided_and_the_next_card(as_officer, first, department):
    facts = {
        "title": "排查校车",
        "lead": department.pk,
        "due": "2026-05-06",
        "cycle": "weekly",
        "here": first.pk,
    }
    response = as_officer.post(url("accept", first), facts, **HTMX)
    html = response.content.decode()
    item = ActionItem.objects.get()
    assert (item.title, item.lead, item.due, item.feedback_cycle) == (
        "排查校车",
        department,
        date(2026, 5, 6),
        "weekly",
    )
    assert f'<article class="cc done" id="c{first.pk}"' in html
    assert html.count('<article class="cur here"') == 1
    assert "<b>1/3</b>" in html
    assert "修改后采纳 1，当前 2" in html
    assert response["HX-Replace-Url"].endswith(f"?at={first.speech.candidates.all()[1].start}")


def test_accepting_without_script_goes_to_the_next_pending_one(as_officer, first):
    response = as_officer.post(url("accept", first))
    second = first.speech.candidates.all()[1]
    assert response.url == f"{first.speech.get_absolute_url()}?at={second.start}"
    assert Candidate.objects.get(pk=first.pk).status == "accepted"


@pytest.mark.parametrize(
    ("facts", "complaint"),
    [
        ({"title": " "}, "请填写事项名称"),
        ({"title": "排查", "due": "2026-13-45"}, "时限请按"),
        ({"title": "排查", "lead": "99999"}, "所选牵头单位不存在"),
    ],
    ids=["no-title", "no-date", "no-unit"],
)
def test_what_cannot_be_saved_stays_in_the_form_with_the_reason(as_officer, first, facts, complaint):
    response = as_officer.post(url("accept", first), facts, **HTMX)
    html = response.content.decode()
    assert response.status_code == 422
    assert complaint in html
    assert f'<article class="cur here" id="c{first.pk}"' in html
    assert facts["title"].strip() in html
    assert not ActionItem.objects.exists()


DECISIONS = ["accept", "requirement", "reject", "flag", "split", "merge", "attach", "undo"]
ON_SPEECH = ["undo-last", "add", "dismiss", "restore", "accept-ready", "finish"]


@pytest.mark.parametrize("name", DECISIONS)
def test_decisions_are_post_only_and_for_officers_who_see_the_speech(
    client, first, name, outsider, leader, officer
):
    client.force_login(officer)
    assert client.get(url(name, first)).status_code == 405
    for user, status in ((outsider, 404), (leader, 403)):
        client.force_login(user)
        assert client.post(url(name, first)).status_code == status
    assert Candidate.objects.get(pk=first.pk).status == "pending"


@pytest.mark.parametrize("name", ON_SPEECH)
def test_actions_on_the_speech_are_guarded_likewise(client, speech, name, outsider, leader, officer):
    address = reverse(f"speeches:{name}", args=[speech.pk])
    client.force_login(officer)
    assert client.get(address).status_code == 405
    for user, status in ((outsider, 404), (leader, 403)):
        client.force_login(user)
        assert client.post(address).status_code == status


def test_a_candidate_is_only_reached_through_its_own_speech(as_officer, first):
    other = make_speech(1)
    address = reverse("speeches:accept", args=[other.pk, first.pk])
    assert as_officer.post(address).status_code == 404


def test_the_second_decider_sees_who_and_when(as_officer, first, second_officer):
    review.reject(candidate=Candidate.objects.get(pk=first.pk), by=second_officer, reason="principle")
    response = as_officer.post(url("accept", first), {"title": "抢"}, **HTMX)
    html = response.content.decode()
    assert response.status_code == 409
    assert "周督查 9:40 不作为任务（原则要求）" in html
    assert f'<article class="cc done here" id="c{first.pk}"' in html
    assert not ActionItem.objects.exists()


def test_what_others_decided_meanwhile_comes_with_the_next_answer(as_officer, first, second_officer):
    third = first.speech.candidates.all()[2]
    review.reject(candidate=Candidate.objects.get(pk=third.pk), by=second_officer, reason="principle")
    html = as_officer.post(
        url("accept", first), {"since": "2026-04-15T09:00:00+08:00"}, **HTMX
    ).content.decode()
    assert f'<article class="cc done" id="c{third.pk}"' in html
    assert "周督查 9:40" in html


def test_accepting_twice_is_harmless(as_officer, first):
    as_officer.post(url("accept", first))
    assert as_officer.post(url("accept", first), **HTMX).status_code == 409
    assert as_officer.post(url("accept", first), follow=True).status_code == 200
    assert ActionItem.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "status"),
    [
        ("requirement", {}, "requirement"),
        ("reject", {"reason": "duplicate"}, "rejected"),
        ("flag", {}, "flagged"),
    ],
)
def test_a_decision_and_its_undo(as_officer, first, name, data, status):
    as_officer.post(url(name, first), data, **HTMX)
    assert Candidate.objects.get(pk=first.pk).status == status
    html = as_officer.post(reverse("speeches:undo-last", args=[first.speech_id]), **HTMX).content.decode()
    assert Candidate.objects.get(pk=first.pk).status == "pending"
    assert f'<article class="cur here" id="c{first.pk}"' in html
    assert "候选 1 撤销“" in html


def test_nothing_to_undo_says_so(as_officer, speech):
    response = as_officer.post(reverse("speeches:undo-last", args=[speech.pk]), **HTMX)
    assert response.status_code == 422
    assert "没有可以撤销的操作" in response.content.decode()


def test_a_split_draws_the_page_anew_with_new_numbers(as_officer, first):
    cut = first.start + first.quote.index("逐车")
    html = as_officer.post(url("split", first), {"cut": cut}, **HTMX).content.decode()
    half = first.speech.candidates.get(start=first.start, end=cut)
    assert f'<article class="cur here" id="c{half.pk}"' in html
    assert 'data-n="4"' in html
    assert 'id="rvmain" hx-swap-oob="true"' in html


def test_merging_by_number(as_officer, first):
    second = first.speech.candidates.all()[1]
    as_officer.post(url("merge", second), {"into": "1"}, **HTMX)
    assert Candidate.objects.get(pk=second.pk).merged_into == first
    assert as_officer.post(url("merge", first), {"into": "77"}, **HTMX).status_code == 422


def test_finding_an_item_and_merging_into_it(as_officer, first):
    item = ActionItemFactory(title="校车安全专项整治", number_seq=712)
    address = reverse("speeches:find-items", args=[first.speech_id])
    for words in ("校车 整治", "712", "〔2026〕712号"):
        assert "校车安全专项整治" in as_officer.get(address, {"find": words}).content.decode()
    as_officer.post(url("attach", first), {"item": item.pk}, **HTMX)
    assert Candidate.objects.get(pk=first.pk).item == item
    assert item.quotes.count() == 1


def test_a_selection_becomes_a_candidate_and_is_current(as_officer, speech, department):
    address = reverse("speeches:add", args=[speech.pk])
    html = as_officer.post(address, {"start": 6, "end": 6 + LINE.index("，")}, **HTMX).content.decode()
    added = speech.candidates.get(origin="hand")
    assert f'<article class="cur here" id="c{added.pk}"' in html
    assert added.lead == ["基础教育科"]
    assert as_officer.post(address, {"start": 3, "end": 3}, **HTMX).status_code == 422


def test_an_unclaimed_sentence_blocks_the_end_until_it_is_dismissed(as_officer, speech, first, officer):
    first.delete()
    Candidate.objects.filter(speech=speech).update(status="rejected", decided_at="2026-04-15T09:00+08:00")
    assert "尚有 1 句未认领" in page(as_officer, speech).content.decode()
    span = {"start": first.start, "end": first.end}
    html = as_officer.post(reverse("speeches:dismiss", args=[speech.pk]), span, **HTMX).content.decode()
    assert "未认领的指令句 <b>0</b>" in html
    as_officer.post(reverse("speeches:restore", args=[speech.pk]), span, **HTMX)
    assert Speech.objects.get(pk=speech.pk).dismissed == []


def test_bulk_acceptance_takes_what_stands_in_the_text(as_officer, speech):
    speech.candidates.filter(start=6).update(due=None)
    html = as_officer.post(reverse("speeches:accept-ready", args=[speech.pk]), **HTMX).content.decode()
    assert "已批量采纳 2 条" in html
    assert ActionItem.objects.count() == 2


def test_finishing_issues_and_says_what_is_left(as_officer, speech, officer):
    for row in speech.candidates.all():
        review.accept(candidate=row, by=officer)
    ActionItem.objects.filter(title__endswith="排查6").update(lead=None)
    address = reverse("speeches:finish", args=[speech.pk])
    html = as_officer.post(address, follow=True).content.decode()
    assert "核对完毕，已交办 2 条。另有 1 条未明确单位，留在拟办。" in html
    assert "已核对完毕" in html
    link = unescape(re.search(r'<a href="([^"]+)">查看这 1 条</a>', html)[1])
    assert len(as_officer.get(link).context["table"].rows) == 1
    assert as_officer.post(address, follow=True).status_code == 200


def test_the_tab_of_no_unit_counts_what_finishing_would_leave(as_officer, speech, officer):
    rows = list(speech.candidates.all())
    speech.candidates.filter(pk=rows[0].pk).update(lead=["不在名录的水务所"])
    speech.candidates.filter(pk=rows[1].pk).update(lead=[])
    tab = '?show=no_lead" aria-current="true">未明确单位<b>2</b>'
    assert tab in page(as_officer, speech, "?show=no_lead").content.decode()
    for row in speech.candidates.all():
        review.accept(candidate=row, by=officer)
    html = page(as_officer, speech, "?show=no_lead").content.decode()
    assert tab in html
    assert "未明确（原文：不在名录的水务所）" in html
    assert "另有 2 条未明确单位，留在拟办" in html
    assert review.finish(speech=speech, by=officer).without_lead == 2


def test_where_nothing_can_be_taken_in_bulk_the_reason_stands_instead_of_the_button(as_officer, speech):
    assert "批量采纳 3 条" in page(as_officer, speech).content.decode()
    speech.candidates.update(due=None)
    html = page(as_officer, speech).content.decode()
    assert "批量采纳 0 条" not in html
    assert "无可批量采纳（单位、时限须均见于原文）" in html


def test_finishing_too_early_is_refused_with_the_reason(as_officer, speech):
    html = as_officer.post(reverse("speeches:finish", args=[speech.pk]), follow=True).content.decode()
    assert "尚有 3 条待核对，不能完成核对。" in html


# -- requirements and tabs ---------------------------------------------------------------------------------------
def test_a_requirement_can_be_made_a_task(as_officer, speech, first):
    Candidate.objects.filter(pk=first.pk).update(is_requirement=True)
    html = page(as_officer, speech, "?show=requirements").content.decode()
    assert "采纳为任务" in html
    assert "<b>0/2</b>" in html
    html = as_officer.post(url("accept", first), {"show": "requirements"}, **HTMX).content.decode()
    assert "<b>1/3</b>" in html
    assert ActionItem.objects.count() == 1


def test_after_the_last_requirement_the_page_tells_what_still_waits(as_officer, speech, first):
    Candidate.objects.filter(pk=first.pk).update(is_requirement=True)
    html = as_officer.post(url("accept", first), {"show": "requirements"}, **HTMX).content.decode()
    assert "此处已核对完，另有 2 条待核对" in html


@pytest.mark.parametrize(
    ("show", "changes", "count"),
    [
        ("pending", {}, 3),
        ("no_lead", {"lead": []}, 1),
        ("no_lead", {"lead": ["不在名录的水务所"]}, 1),
        ("no_due", {"due": None}, 1),
        ("no_due", {"due": None, "recur": "monthly"}, 0),
        ("flagged", {"status": "flagged"}, 1),
        ("requirements", {"is_requirement": True}, 1),
        ("done", {"status": "rejected", "decided_at": "2026-04-15T09:00+08:00"}, 1),
    ],
)
def test_every_tab_lists_as_many_as_it_says(as_officer, speech, first, show, changes, count):
    Candidate.objects.filter(pk=first.pk).update(**changes)
    html = page(as_officer, speech, f"?show={show}").content.decode()
    assert html.count('<article class="c') == count
    label = Candidate.Status.PENDING.label if show == "pending" else ""
    assert f'aria-current="true">{label}' in html
    assert f'?show={show}" aria-current="true"' in html


def test_the_next_card_stays_within_the_tab(as_officer, speech):
    rows = list(speech.candidates.all())
    speech.candidates.filter(pk__in=[rows[0].pk, rows[2].pk]).update(due=None)
    html = as_officer.post(url("requirement", rows[0]), {"show": "no_due"}, **HTMX).content.decode()
    assert f'<article class="cur here" id="c{rows[2].pk}"' in html


def test_two_hundred_departments_are_offered_in_the_same_queries(
    as_officer, speech, django_assert_max_num_queries
):
    DepartmentFactory.create_batch(200)
    with django_assert_max_num_queries(13):
        assert page(as_officer, speech).content.decode().count('type="checkbox" name="supporting"') == 201
