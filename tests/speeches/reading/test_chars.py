import sys
import unicodedata

import pytest

from speeches.reading.chars import TABLE, normalise


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        pytest.param("⺠⽣⼯程，⻓效管理", "民生工程，长效管理", id="radicals"),
        pytest.param("\uf967可", "不可", id="compatibility"),
        pytest.param("２０２６年ＡＢ项", "2026年AB项", id="full-width"),
        pytest.param("要：一、（甲）；对！吗？“好”，", "要：一、（甲）；对！吗？“好”，", id="marks-stay"),
        pytest.param("甲\u200b乙\u00ad丙\ufeff\u2060", "甲乙丙", id="unseen"),
        pytest.param("甲\xa0乙\u3000丙\t丁", "甲 乙 丙 丁", id="blanks"),
        pytest.param("甲\r\n乙\r丙\u2028丁\x0b戊\x0c", "甲\n乙\n丙\n丁\n戊\n", id="line-ends"),
        pytest.param("\uf0b7甲\x07\x00乙", "甲乙", id="bullets-and-controls"),
        pytest.param("①②⑴Ⅳ％", "①②⑴Ⅳ％", id="numbers-stay"),
    ],
)
def test_characters_come_out_plain(raw, clean):
    assert normalise(raw) == clean


def test_every_character_is_mapped_to_one_or_deleted():
    for code in range(sys.maxunicode + 1):
        mapped = TABLE.get(code, chr(code))
        assert mapped is None or len(mapped) == 1
        assert mapped is None or TABLE.get(ord(mapped), mapped) == mapped, f"U+{code:04X} needs a second pass"


def test_no_control_character_is_left():
    every = "".join(chr(code) for code in range(0x3000))
    left = {char for char in normalise(every) if unicodedata.category(char) in ("Cc", "Cf", "Cs")}
    # What is left of Cf are letters of other scripts; none of them is in a Chinese text.
    assert {char for char in left if unicodedata.category(char) == "Cc"} == {"\n"}
    assert not left & set("\u200b\u200e\u202a\u2060\ufeff\xad")
