"""搜讲话: mentions, what was assigned from them, figures, time line."""

from datetime import date

import pytest

from speeches.search import Show, SpeechSearch, Wish, telling_words, time_line
from tests.factories import ActionItemFactory, PersonFactory, SpeechFactory
from tracker.items.models import Quote
from tracker.items.reckoning import Reckoning

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

BODY = "一、校车\n校车要逐辆检查。\n驾驶人要培训。\n去年更新校车三辆。"


def make_speech(**fields):
    section = ["一、校车"]
    return SpeechFactory(
        body=BODY,
        sentences=[
            [0, 4, "heading", False, section],
            [5, 13, "task", True, section],
            [14, 21, "task", True, section],
            [22, 31, "review", False, section],
        ],
        **fields,
    )


def assigned(speech, start, end, **fields):
    item = ActionItemFactory(**fields)
    Quote.objects.create(item=item, text="原文", speech_ref=speech.pk, start=start, end=end)
    return item


def search(user, words="校车", **wish) -> SpeechSearch:
    return SpeechSearch(Wish(words, **wish), user=user, now=Reckoning.now())


def test_a_mention_brings_its_sentences_with_role_heading_and_items(officer):
    speech = make_speech()
    item = assigned(speech, 5, 13)
    [mention] = search(officer).mentions
    assert [passage.role for passage in mention.passages] == ["标题", "任务", "情况"]
    assert mention.passages[1].items == (item,)
    assert mention.passages[1].runs == [("校车", True), ("要逐辆检查。", False)]
    assert mention.passages[1].section == "一、校车"


def test_what_was_assigned_under_such_a_heading_stands_beside(officer):
    speech = make_speech()
    item = assigned(speech, 14, 21)
    [mention] = search(officer).mentions
    assert mention.beside == (item,)
    assert search(officer).items == [item]


def test_the_figures_are_the_lengths_of_their_lists_and_add_up(officer):
    speech = make_speech()
    twice = assigned(speech, 5, 13, status="closed", closed_on=date(2026, 4, 1))
    Quote.objects.create(item=twice, text="又", speech_ref=speech.pk, start=22, end=31)
    assigned(speech, 5, 13, due=date(2026, 4, 1))
    assigned(speech, 14, 21, due=date(2026, 4, 1), status="on_hold")
    assigned(speech, 14, 21, status="withdrawn")
    assigned(SpeechFactory(), 5, 13)
    figures = {figure.show: figure.count for figure in search(officer).figures}
    assert figures == {
        Show.SPEECHES: 1, Show.ALL: 4, Show.CLOSED: 1, Show.OPEN: 2, Show.OVERDUE: 1, Show.WITHDRAWN: 1,
    }  # fmt: skip


def test_an_item_in_the_bin_is_not_counted(officer):
    item = assigned(make_speech(), 5, 13, status="draft")
    item.discard(by=officer)
    assert search(officer).items == []


def test_a_leader_counts_what_is_in_their_charge(leader, department):
    speech = make_speech()
    mine = assigned(speech, 5, 13, lead=department)
    assigned(speech, 5, 13)
    assert search(leader).items == [mine]


def test_who_may_not_read_speeches_finds_none(liaison):
    make_speech()
    assert search(liaison).mentions == []
    assert search(PersonFactory()).mentions == []


@pytest.mark.parametrize(
    ("wish", "titles"),
    [
        pytest.param({}, ["后", "先", "无"], id="all, the latest first, undated last"),
        pytest.param({"speaker": "秦望舒"}, ["后", "无"], id="speaker"),
        pytest.param({"since": date(2026, 2, 1)}, ["后"], id="since"),
        pytest.param({"until": date(2026, 1, 31)}, ["先"], id="until"),
        pytest.param({"words": "飞机"}, [], id="not said"),
        pytest.param({"words": ""}, [], id="nothing typed"),
    ],
)
def test_speeches_are_narrowed(officer, wish, titles):
    make_speech(title="先", held_on=date(2026, 1, 9), speaker="云副局长")
    make_speech(title="后", held_on=date(2026, 3, 9))
    make_speech(title="无", held_on=None)
    found = search(officer, wish.pop("words", "校车"), **wish)
    assert [mention.speech.title for mention in found.mentions] == titles
    assert found.undated == titles.count("无")


def test_only_tasks_keeps_what_was_assigned_whatever_its_role(officer):
    speech = make_speech()
    assigned(speech, 22, 31)
    [mention] = search(officer, tasks=True).mentions
    assert [passage.role for passage in mention.passages] == ["任务", "情况"]


@pytest.mark.parametrize(
    ("words", "found"), [("%", False), ("_", False), ("'", False), ("要逐辆检查。", True), ("。", True)]
)
def test_signs_are_looked_for_as_they_are(officer, words, found):
    make_speech()
    assert bool(search(officer, words).mentions) is found


@pytest.mark.parametrize(
    ("days", "columns"),
    [
        pytest.param([], [], id="none"),
        pytest.param(
            [date(2025, 12, 3), date(2026, 2, 1), date(2026, 2, 28)],
            [("2025年", "12月", 1), ("2026年", "1月", 0), ("", "2月", 2)],
            id="months with the empty one between",
        ),
        pytest.param(
            [date(2022, 5, 1), date(2024, 12, 31)],
            [("", "2022年", 1), ("", "2023年", 0), ("", "2024年", 1)],
            id="years over a long time",
        ),
    ],
)
def test_the_time_line_counts_speeches(days, columns):
    assert [(column.year, column.label, column.count) for column in time_line(days)] == columns


def test_a_column_holds_its_whole_period():
    [column] = time_line([date(2026, 2, 9)])
    assert (column.since, column.until, column.height) == (date(2026, 2, 1), date(2026, 2, 28), 100)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        pytest.param("基础教育科完成中小学消防设施检测", "消防设施 检测", id="what tells most"),
        pytest.param("切实抓好工作", "切实抓好工作", id="nothing tells"),
    ],
)
def test_a_title_is_looked_for_by_its_telling_words(title, words):
    assert telling_words(title, names=["基础教育科"]) == words


@pytest.mark.parametrize("count", [5, 25])
def test_the_number_of_queries_does_not_grow(officer, django_assert_num_queries, count):
    for _ in range(count):
        assigned(make_speech(), 5, 13)
    now = Reckoning.now()
    found = SpeechSearch(Wish("校车"), user=officer, now=now)
    assert officer.sees_everything
    with django_assert_num_queries(4):
        assert found.figures[1].count == count
