import pytest

from speeches.reading.clean import clean
from tests.speeches.reading.samples import PARAGRAPHS, SPEECH

TITLE = PARAGRAPHS[0]
ABSTRACT = f"《{TITLE}》内容摘要：" + " ".join(PARAGRAPHS[1:6])


def test_an_abstract_that_repeats_the_speech_is_cut_and_its_title_kept_as_a_hint():
    cleaned = clean("\n".join([*PARAGRAPHS[1:], ABSTRACT]))
    assert cleaned.body == "\n".join(PARAGRAPHS[1:])
    assert cleaned.hints == (TITLE,)
    assert cleaned.notes == ("删去重复的内容摘要 1 处",)


def test_an_abstract_over_several_lines_is_cut_to_the_end():
    assert clean(f"{SPEECH}\n{ABSTRACT}\n{PARAGRAPHS[6]}\n{PARAGRAPHS[7][:20]}").body == SPEECH


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param(
            "《春灌办法》内容摘要：用水户应当按亩缴费，逾期不缴的停止供水，由水管所负责解释。", id="new-words"
        ),
        pytest.param(
            f"{ABSTRACT}\n三、把账算好。水费按亩收取，村级公示，镇里抽查，谁家多收就退给谁家。",
            id="speech-behind",
        ),
    ],
)
def test_what_says_something_new_is_never_cut(tail):
    assert clean(f"{SPEECH}\n{tail}").body == f"{SPEECH}\n{tail}"


def test_a_title_printed_twice_is_kept_once_and_dropped_at_the_end():
    assert clean(f"{TITLE}\n\n{SPEECH}\n{TITLE}").body == SPEECH


def test_a_sentence_said_twice_is_rhetoric_and_stays():
    assert (
        clean("不能等！\n不能等！\n各村今天就要动手清淤。").body
        == "不能等！\n不能等！\n各村今天就要动手清淤。"
    )
