import pytest

from speeches.reading import UnreadableFile
from speeches.reading.encodings import believable, decode

PLAIN = "同志们：\n2026年3月底前，各村要完成机井普查，水利站负责验收。\n谢谢大家！\n"
LONG = "各村要把沟渠清一遍，把机井登记好。"
TRADITIONAL = "各位鄉親：三月底前要把水井檢查一遍，請水利站負責驗收，謝謝大家。"


@pytest.mark.parametrize(
    "name", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_usual_encoding_gives_the_same_text(name):
    assert decode(PLAIN.encode(name)) == PLAIN


def test_sixteen_bits_without_a_mark_and_without_a_single_ascii_character_are_told_apart():
    assert decode(LONG.encode("utf-16-le")) == LONG
    assert decode(LONG.encode("utf-16-be")) == LONG


def test_traditional_characters_in_big5_are_not_read_as_gb18030():
    assert decode(TRADITIONAL.encode("big5")) == TRADITIONAL


def test_a_rare_character_of_gb18030_in_an_ordinary_text_does_no_harm():
    said = PLAIN + "请𬭼同志、㛃同志到台前来。"
    assert decode(said.encode("gb18030")) == said


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PLAIN.encode()[:-3] + b"\xff\xfe\x81", id="broken-utf8"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN.encode("gbk"), id="mark-that-lies"),
        pytest.param(bytes(range(128, 256)) * 20, id="noise"),
    ],
)
def test_what_no_encoding_explains_is_refused_and_never_patched(data):
    with pytest.raises(UnreadableFile) as refused:
        decode(data)
    assert refused.value.code == "encoding"


def test_ascii_alone_is_believable_and_control_characters_are_not():
    assert believable("plain text\n1. one")
    assert not believable("\x01\x02\x03 text")


def test_stray_zero_bytes_do_not_hide_the_encoding_of_a_text():
    assert decode((PLAIN * 5 + "\0完").encode("gb18030")) == PLAIN * 5 + "\0完"
