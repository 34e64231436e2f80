"""The shipped templates: built from code, in styles, as Word wants them."""

import re

import pytest

from tests.documents.words import docx_rows, docx_text, xml_of
from tracker.documents.building.catalogue import CATALOGUE
from tracker.documents.checking import check_template
from tracker.documents.kinds import FORMS
from tracker.documents.rendering import render
from tracker.documents.samples import placeholders, sample_context
from tracker.documents.shelf import SHIPPED, shipped

WORD = [form for form in FORMS.values() if form.has_template]
IDS = [form.kind.value for form in WORD]


def made(form) -> bytes:
    return render(shipped(form), sample_context(form))


def test_every_word_form_ships_a_sample():
    assert {path.stem for path in SHIPPED.glob("*.docx")} == set(IDS) == set(CATALOGUE)


@pytest.mark.parametrize("form", WORD, ids=IDS)
def test_the_committed_sample_is_what_the_code_builds(form):
    assert xml_of(shipped(form)) == xml_of(CATALOGUE[form.kind]())
    assert xml_of(shipped(form), "word/styles.xml") == xml_of(CATALOGUE[form.kind](), "word/styles.xml")


@pytest.mark.parametrize("form", WORD, ids=IDS)
def test_the_sample_passes_its_own_check(form):
    check_template(form, shipped(form))


@pytest.mark.parametrize("form", WORD, ids=IDS)
def test_nothing_of_the_template_language_is_left_in_the_document(form):
    text = docx_text(made(form))
    assert not re.search(r"\{[{%#]|[}%#]\}|None|True|False", text)


@pytest.mark.parametrize("form", WORD, ids=IDS)
def test_paragraphs_look_by_style_and_runs_carry_no_formatting(form):
    xml = xml_of(made(form))
    runs = set(re.findall(r"<w:rPr>(.*?)</w:rPr>", xml))
    assert runs <= {'<w:rStyle w:val="HeiText"/>', '<w:rStyle w:val="Strong"/>'}
    paragraphs = re.findall(r"<w:pPr>(.*?)</w:pPr>", xml, re.S)
    assert all(one.startswith('<w:pStyle w:val="') for one in paragraphs)
    used = set(re.findall(r'<w:pStyle w:val="(\w+)"', xml))
    known = set(re.findall(r'w:styleId="(\w+)"', xml_of(made(form), "word/styles.xml")))
    assert used <= known


@pytest.mark.parametrize("form", WORD, ids=IDS)
def test_no_row_is_split_and_list_heads_are_repeated(form):
    xml = xml_of(made(form))
    rows = re.findall(r"<w:tr[ >].*?</w:tr>", xml, re.S)
    assert all("<w:cantSplit/>" in row for row in rows)
    if form.kind in ("breakdown", "bulletin", "report"):
        tables = re.findall(r"<w:tbl>.*?</w:tbl>", xml, re.S)
        assert all("<w:tblHeader/>" in table for table in tables)


@pytest.mark.parametrize("form", WORD, ids=IDS)
def test_cells_keep_the_order_word_wants(form):
    order = ["tcW", "gridSpan", "vMerge", "shd", "vAlign"]
    for cell in re.findall(r"<w:tcPr>(.*?)</w:tcPr>", xml_of(made(form)), re.S):
        names = re.findall(r"<w:(\w+)", cell)
        assert names == sorted(names, key=order.index)


def test_word_opens_it_without_compatibility_mode():
    settings = xml_of(shipped(FORMS["notice"]), "word/settings.xml")
    assert re.search(r'compatibilityMode"[^>]*w:val="15"', settings)


def test_the_page_is_a4_with_the_body_in_three_and_two_characters_indent():
    styles = xml_of(shipped(FORMS["bulletin"]), "word/styles.xml")
    assert '<w:pgSz w:w="11906" w:h="16838"/>' in xml_of(shipped(FORMS["bulletin"]))
    body = re.search(r'w:styleId="BodyText".*?</w:style>', styles, re.S)[0]
    assert 'w:firstLineChars="200"' in body
    assert 'w:line="580" w:lineRule="exact"' in body
    assert 'w:eastAsia="仿宋"' in styles
    assert '<w:sz w:val="32"/>' in styles


def test_the_breakdown_lies_across_and_merges_its_categories():
    form = FORMS["breakdown"]
    xml = xml_of(made(form))
    assert 'w:orient="landscape"' in xml
    assert (xml.count('<w:vMerge w:val="restart"/>'), xml.count('<w:vMerge w:val="continue"/>')) == (1, 2)
    assert docx_rows(made(form), 0)[1][1].startswith("（一）")


def test_slips_start_on_a_page_of_their_own():
    form = FORMS["notice"]
    titles = re.findall(r'<w:pStyle w:val="SlipTitle"/>', xml_of(made(form)))
    assert len(titles) == len(sample_context(form)["各单"])
    assert "<w:pageBreakBefore/>" in xml_of(made(form), "word/styles.xml")


def test_every_placeholder_of_a_sample_is_listed_for_the_office():
    listed = {name for _, names in placeholders(FORMS["notice"]) for name, _ in names}
    assert {"文号", "督办事项", "办结时限", "数据截至"} <= listed
