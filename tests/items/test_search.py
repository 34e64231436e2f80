"""Finding items by number in any spelling and by words."""

import pytest

from tests.factories import ActionItemFactory, DepartmentFactory, PersonFactory
from tracker.items.models import ActionItem
from tracker.items.search import NumberQuery, parse_number, search
from tracker.items.spelling import initials, spells
from tracker.org.models import DepartmentAlias


@pytest.mark.parametrize(
    ("typed", "year", "seq"),
    [
        pytest.param("〔2026〕12号", 2026, 12, id="hexagonal-brackets"),
        pytest.param("云教督〔2026〕12号", 2026, 12, id="with-prefix"),
        pytest.param("［2026］12号", 2026, 12, id="full-width-square"),
        pytest.param("【2026】12", 2026, 12, id="lenticular"),
        pytest.param("[2026]12", 2026, 12, id="ascii-square"),
        pytest.param("（２０２６）１２号", 2026, 12, id="full-width-digits"),  # noqa: RUF001
        pytest.param("2026-12", 2026, 12, id="dashed"),
        pytest.param("2026-012号", 2026, 12, id="dashed-with-zero"),
        pytest.param("12号", None, 12, id="no-year"),
        pytest.param("第12号", None, 12, id="ordinal"),
        pytest.param("〔2026〕", 2026, None, id="year-only"),
        pytest.param("〔2026", 2026, None, id="half-typed-year"),
        pytest.param("〔2026〕第12号", 2026, 12, id="ordinal-with-year"),
        pytest.param("2026〕12", 2026, 12, id="opening-bracket-forgotten"),
        pytest.param("《2026》12号", 2026, 12, id="book-title-marks"),
        pytest.param("2026年第12号", 2026, 12, id="year-in-words"),
    ],
)
def test_a_number_is_read_in_every_usual_spelling(typed, year, seq):
    assert parse_number(typed) == NumberQuery(year=year, seq=seq)


@pytest.mark.parametrize("typed", ["学校", "12", "2026", "12号楼", "2026年", "号", ""])
def test_other_words_are_no_numbers(typed):
    assert parse_number(typed) is None


@pytest.fixture
def pumps(db):
    """One item that says everything in a different place, and one that says none of it."""
    water = DepartmentFactory(name="水务管理处", short_name="水务处")
    DepartmentAlias.objects.create(department=water, text="管水的")
    helper = DepartmentFactory(name="应急值班室")
    officer = PersonFactory(name="林督查")
    item = ActionItemFactory(
        number_seq=12,
        title="检修六座泵站",
        source="防汛部署会",
        lead=water,
        supporting=[helper],
        officer=officer,
    )
    item.quotes.create(text="泵房要在汛期前全部试车。")
    ActionItemFactory(number_seq=112, title="更新路灯")
    return item


@pytest.mark.parametrize(
    "typed",
    ["泵站", "试车", "防汛部署", "水务处", "水务管理处", "管水的", "值班室", "〔2026〕12号", "2026-12", "泵站 水务处", "12号", "〔2026〕 12 号", "［ 2026 ］12号",
     "水务处泵站", "管水的检修泵站", "泵站值班室", "检修泵站试车", "swglc", "SWC", "shuiwu", "shuiwuglc", "yjzb", "林督查", "林督", "ldc"],
)  # fmt: skip
def test_words_are_found_wherever_they_stand(pumps, typed):
    assert list(search(ActionItem.objects.all(), typed)) == [pumps]


@pytest.mark.parametrize(
    "typed", ["泵站 路灯", "泵站路灯", "〔2025〕12号", "没有这个词", "%", "_", "swzk", "q", "检修试点"]
)
def test_what_does_not_match_every_word_is_not_found(pumps, typed):
    assert not search(ActionItem.objects.all(), typed).exists()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        pytest.param("基础教育科", "jcjyk", id="initials"),
        pytest.param("基础教育科", "jyk", id="from-the-middle"),
        pytest.param("基础教育科", "jichujiaoyu", id="in-full"),
        pytest.param("基础教育科", "jichujiaoy", id="half-typed"),
        pytest.param("重庆路小学", "cqlxx", id="one-reading"),
        pytest.param("第3小学A区", "3xxa", id="digits-and-letters"),
    ],
)
def test_a_name_is_spelt_by_its_letters(name, typed):
    assert spells(name, typed)


@pytest.mark.parametrize("typed", ["jck", "yjk", "jcjykk", "x"])
def test_letters_in_another_order_spell_nothing(typed):
    assert not spells("基础教育科", typed)


@pytest.mark.parametrize(
    ("name", "spelling"),
    [("基础教育科", "jcjyk"), ("第三实验学校", "dssyxx"), ("计划财务科", "jhcwk"), ("安全管理科", "aqglk")],
)
def test_the_initials_of_a_name_begin_with_the_usual_reading(name, spelling):
    assert initials(name).split()[0] == spelling


def test_the_spellings_of_a_name_have_an_end():
    assert len(initials("重长行重长行重长行重长行").split()) <= 16
