"""What jieba does for us: words of a title, and whether an unknown head is a verb."""

import subprocess
import sys

import pytest

from speeches.extraction.segment import head_is_verb, teach, tokenizer, weight, words


def test_words_say_what_it_is_about_without_empty_verbs():
    assert words("进一步加强校车安全检查工作") == ("校车", "安全检查")


def test_a_name_taught_stays_whole_and_tells_little():
    teach(["青石县文旅局"])

    assert "青石县文旅局" in words("请青石县文旅局修缮戏台")
    assert weight("青石县文旅局") < weight("戏台")


def test_a_rare_word_tells_more_than_a_common_one():
    assert weight("师德") > weight("建设")


@pytest.mark.parametrize(
    "clause", ["粉刷教学楼外墙", "腾退沿街商铺", "归还借用的图书", "晾晒储备粮", "拍照留存", "垫付医药费"]
)
def test_an_unknown_head_may_be_a_verb(clause):
    assert head_is_verb(clause)


@pytest.mark.parametrize(
    "clause",
    ["教育是头等大事", "校长要到场", "灭火器过期", "工作千头万绪", "是大家的事", "三所学校", "", "，"],
)
def test_nouns_and_nominal_verbs_at_the_head_are_none(clause):
    assert not head_is_verb(clause)


def _fresh(code):
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)


def test_the_engine_is_imported_and_run_without_jieba():
    code = (
        "import sys, datetime; from speeches.extraction import Directory, extract;"
        "extract('要修好水渠。', spoken_on=datetime.date(2026, 4, 15), directory=Directory()); print('jieba' in sys.modules)"
    )

    assert _fresh(code).stdout.strip() == "False"


def test_it_loads_in_silence_and_keeps_its_cache_where_told(tmp_path):
    code = (
        "from pathlib import Path; from speeches.extraction.segment import keep_cache_in, words;"
        f"keep_cache_in(Path({str(tmp_path)!r}) / 'own'); words('校车检查')"
    )

    done = _fresh(code)

    assert done.stdout == done.stderr == ""
    assert (tmp_path / "own" / "jieba.cache").stat().st_mode & 0o077 == 0


def test_one_tokenizer_serves_the_whole_process():
    assert tokenizer() is tokenizer()
