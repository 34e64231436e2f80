import pytest

from speeches.reading.numerals import chinese, numeral


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (100, "一百"), (101, "一百零一"), (110, "一百一十"), (1005, "一千零五"), (10_000, "10000")],
)  # fmt: skip
def test_numbers_are_counted_as_word_counts_them_in_chinese(number, said):
    assert chinese(number) == said


@pytest.mark.parametrize(
    ("fmt", "number", "said"),
    [
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("ideographDigital", 10, "一〇"),
        ("upperLetter", 28, "BB"),
        ("lowerRoman", 9, "ix"),
        ("numberInDash", 4, "- 4 -"),
        ("ideographZodiac", 13, "子"),
        ("lowerLetter", 999_999_999, "999999999"),
        ("a format of another language", 7, "7"),
    ],
)
def test_each_format_writes_its_own_signs(fmt, number, said):
    assert numeral(number, fmt) == said
