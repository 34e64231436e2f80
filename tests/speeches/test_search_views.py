"""The page 搜讲话 and the links that lead to it."""

import pytest

from tests.factories import CandidateFactory, SpeechFactory
from tests.speeches.test_search import assigned, make_speech

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

URL = "/speeches/search/"


def text(page) -> str:
    return page.content.decode()


def test_the_page_shows_the_sentence_and_what_became_of_it(as_officer):
    speech = make_speech()
    item = assigned(speech, 5, 13, title="检查校车")
    html = text(as_officer.get(URL, {"q": "校车"}))
    assert "<mark>校车</mark>要逐辆检查。" in html
    assert f'href="/speeches/{speech.pk}/?at=5"' in html
    assert item.get_absolute_url() in html
    assert "没有反馈" in html


@pytest.mark.parametrize(("show", "count"), [("all", 2), ("open", 1), ("closed", 1), ("overdue", 0)])
def test_each_figure_opens_its_list(as_officer, show, count):
    speech = make_speech()
    assigned(speech, 5, 13)
    assigned(speech, 5, 13, status="closed", closed_on="2026-04-01")
    page = as_officer.get(URL, {"q": "校车", "show": show})
    figures = {figure.show: figure.count for figure in page.context["found"].figures}
    assert len(page.context["page"].object_list) == figures[show] == count


@pytest.mark.parametrize(
    ("query", "says"),
    [
        pytest.param({}, "输入要找的词", id="nothing asked"),
        pytest.param({"q": "飞船"}, "没有讲话提到“飞船”", id="not said"),
        pytest.param({"q": "飞船", "tasks": "on"}, "去掉筛选条件再找", id="not said among tasks"),
        pytest.param({"q": "校车", "since": "乱写"}, "乱写", id="a date that is none"),
        pytest.param({"q": "校车", "speaker": "无此人"}, "讲话人", id="an unknown speaker"),
        pytest.param({"q": "校车", "speech": "abc", "page": "x", "show": "y"}, "notice-error", id="rubbish"),
        pytest.param({"q": "<b>校车"}, "&lt;b&gt;校车", id="escaped"),
        pytest.param({"q": "校" * 200}, "notice-error", id="too long"),
    ],
)
def test_every_question_has_an_answer(as_officer, query, says):
    make_speech()
    page = as_officer.get(URL, query)
    assert page.status_code == 200
    assert says in text(page)


def test_a_long_speech_shows_its_first_sentences_and_all_on_demand(as_officer):
    lines = [f"校车第{n}次检查。" for n in range(9)]
    speech = SpeechFactory(
        body="".join(lines), sentences=[[8 * n, 8 * n + 8, "task", True, []] for n in range(9)]
    )
    assert text(as_officer.get(URL, {"q": "校车"})).count('<article class="se-hit">') == 5
    assert (
        text(as_officer.get(URL, {"q": "校车", "speech": speech.pk})).count('<article class="se-hit">') == 9
    )


def test_a_title_leads_to_its_telling_words(as_officer):
    page = as_officer.get(URL, {"like": "完成中小学消防设施检测"})
    assert page.status_code == 302
    assert "q=%E6%B6%88%E9%98%B2" in page.url


def test_a_liaison_may_not_search_speeches(as_liaison):
    make_speech()
    assert as_liaison.get(URL, {"q": "校车"}).status_code == 403
    assert as_liaison.get(URL, {"like": "校车"}).status_code == 403


def test_the_list_the_item_and_the_card_lead_here(as_officer):
    speech = make_speech()
    item = assigned(speech, 5, 13)
    CandidateFactory(speech=speech, start=5, end=13)
    assert f'action="{URL}"' in text(as_officer.get("/speeches/"))
    assert f"{URL}?like=" in text(as_officer.get(item.get_absolute_url()))
    assert f"{URL}?like=" in text(as_officer.get(speech.get_absolute_url()))


def test_a_liaison_sees_no_link_to_it_on_an_item(as_liaison, department):
    item = assigned(make_speech(), 5, 13, lead=department)
    assert URL not in text(as_liaison.get(item.get_absolute_url()))


@pytest.mark.parametrize("count", [5, 25])
def test_the_number_of_queries_does_not_grow(as_officer, django_assert_max_num_queries, count):
    for _ in range(count):
        assigned(make_speech(), 5, 13)
    with django_assert_max_num_queries(14):
        as_officer.get(URL, {"q": "校车"})
    with django_assert_max_num_queries(14):
        as_officer.get(URL, {"q": "校车", "show": "all"})
