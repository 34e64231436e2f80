"""Page markers inside sentences go; genuine numbered lists stay."""

import pytest

from speeches.reading.clean import clean
from tests.speeches.reading.samples import PARAGRAPHS

RUNNING = " ".join(PARAGRAPHS * 8)


def preview(length: int, text: str = RUNNING) -> str:
    """The text as a preview site prints it: pages of one length, numbered, paragraph ends as blanks."""
    pages = [text[at : at + length] for at in range(0, len(text), length)]
    return "\n".join(f"{number}、{page}" for number, page in enumerate(pages, 1))


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("length", [211, 257, 303])
def test_page_markers_in_the_middle_of_sentences_go_and_the_sentences_close(length):
    cleaned = clean(preview(length))
    assert squeezed(cleaned.body) == squeezed(RUNNING)
    assert any(note.startswith("删去页码标记") for note in cleaned.notes)


def test_the_blanks_of_a_preview_become_the_paragraph_ends_they_stand_for():
    body = clean(preview(211)).body.split("\n")
    for paragraph in PARAGRAPHS[3:]:
        assert paragraph in body


def test_pages_of_several_lines_are_joined_all_the_same():
    half = preview(420).replace("一、把水管好 ", "一、把水管好\n")
    assert squeezed(clean(half).body) == squeezed(RUNNING)


@pytest.mark.parametrize(
    "items",
    [
        pytest.param([f"清理第{at}号沟渠" for at in range(1, 9)], id="titles-without-a-stop"),
        pytest.param(
            [f"清理第{at}号沟渠，三月底前完成，由水利站验收。" for at in range(1, 9)], id="sentences"
        ),
        pytest.param(
            [f"清理沟渠。第{at}号由{at}组负责，三月底前完成" for at in range(1, 9)], id="forgotten-last-stop"
        ),
        pytest.param(
            [("把机井登记造册，逐口编号。" * at) + "再查一遍" for at in range(5, 14)], id="long-and-unlike"
        ),
        pytest.param(["抓清淤", "抓登记", "抓值守"], id="three-items"),
    ],
)
def test_a_genuine_numbered_list_is_not_eaten(items):
    text = "\n".join(["同志们：", *(f"{at}、{item}" for at, item in enumerate(items, 1)), "我就讲这些。"])
    assert clean(text).body == text


def test_items_numbered_inside_the_pages_keep_their_numbers():
    said = (
        "各组要做三件事： 1、清淤要快，不留死角。 2、登记要准，不漏一口井。 3、值守要严，不空一个岗。 " * 40
    )
    assert squeezed(clean(preview(240, said)).body) == squeezed(said)


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("控制用水（每亩\n60\n）方以内。", "控制用水（每亩60）方以内。"),
        ("依据《\n春灌办法\n》第五条执行。", "依据《春灌办法》第五条执行。"),
        ("机井三十口\n，全部登记。", "机井三十口，全部登记。"),
        ("抓好三件事。\n，要严格值守。", "抓好三件事。\n，要严格值守。"),
        ("负责人（待定\n一、清淤\n二、登记", "负责人（待定\n一、清淤\n二、登记"),
    ],
)
def test_lines_torn_by_inline_tags_are_joined_and_others_are_not(torn, whole):
    assert clean(torn).body == whole
