"""Several speeches in one file."""

from speeches.extraction.parts import parts_of

BODY = "我们要把路修好。" * 40


def test_numbered_titles_divide_a_file():
    text = f"全镇大会讲话(一)\n{BODY}\n全镇大会讲话(二)\n{BODY}\n"

    first, second = parts_of(text)

    assert (first.title, second.title) == ("全镇大会讲话(一)", "全镇大会讲话(二)")
    assert first.end == second.start == text.index("全镇大会讲话(二)")
    assert second.end == len(text)


def test_one_speech_has_no_parts():
    assert parts_of(f"全镇大会讲话\n{BODY}") == ()


def test_a_table_of_contents_is_not_a_file_of_speeches():
    assert parts_of(f"讲话(一)\n讲话(二)\n{BODY}") == ()
