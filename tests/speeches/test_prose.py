"""The body as paragraphs: nothing lost, offsets true, marks where they belong."""

import pytest

from speeches.prose import Mark, compose, context, outline, shorten

BODY = "在工作会上的讲话\n（2026年4月10日）\n同志们：\n　　一、抓安全，保平安\n　　（一）消防。办公室要检测。逐校建档；\n做到一册。\n二、抓质量\n教研室要听课。"


def spans(text):
    start = BODY.index(text)
    return start, start + len(text)


def sentence(text, role="task"):
    return [*spans(text), role, role == "task", []]


SENTENCES = [
    sentence("一、抓安全，保平安", "heading"),
    sentence("（一）消防。", "heading"),
    sentence("二、抓质量", "heading"),
    sentence("办公室要检测。"),
]


def compose_all(*marks):
    (part,) = compose(BODY, sentences=SENTENCES, marks=marks, title="在工作会上的讲话")
    return part


def mark(text, key="c1", css="p", number="1"):
    return Mark(*spans(text), key, css, number)


def test_every_character_but_white_space_stands_in_one_segment_at_its_offset():
    part = compose_all(mark("办公室要检测。"), mark("要检测"), mark("逐校建档；\n做到一册。"))
    segments = [segment for block in part.blocks for segment in block.segments]
    assert all(BODY[s.start : s.start + len(s.text)] == s.text for s in segments)
    assert "".join(s.text for s in segments) == "".join(BODY.replace("\u3000", "").split())


def test_the_speakers_name_above_the_address_is_no_heading():
    body = "在工作会上的讲话\n（2026年4月10日）\n周远山\n同志们：\n抓好安全\n办公室要检测。"
    heads = [
        [body.index(text), body.index(text) + len(text), "heading", False, []]
        for text in ("周远山", "抓好安全")
    ]
    (part,) = compose(body, sentences=heads, title="在工作会上的讲话")
    assert [block.kind for block in part.blocks][1:4] == ["by", "by", "p"]
    assert [entry.text for entry in outline([part])] == ["抓好安全"]


def test_lines_are_named_by_what_they_are():
    kinds = [block.kind for block in compose_all().blocks]
    assert kinds == ["title", "by", "p", "h3", "p", "p", "h3", "p"]


def test_the_inner_of_two_marks_tints_and_both_open_where_they_begin():
    part = compose_all(mark("办公室要检测。"), mark("要检测", key="c2", css="a", number="2"))
    segments = [s for s in part.blocks[4].segments if s.mark]
    assert [(s.text, s.mark.key) for s in segments] == [("办公室", "c1"), ("要检测", "c2"), ("。", "c1")]
    assert [[opened.key for opened in s.opens] for s in segments] == [["c1"], ["c2"], []]


def test_a_mark_over_two_lines_opens_once():
    part = compose_all(mark("逐校建档；\n做到一册。"))
    opened = [s.text for block in part.blocks for s in block.segments if s.opens]
    assert opened == ["逐校建档；"]


def test_the_outline_holds_headings_with_the_stretch_they_govern():
    entries = outline([compose_all()])
    assert [(e.text, e.level) for e in entries] == [
        ("一、抓安全，保平安", 3),
        ("（一）消防。", 4),
        ("二、抓质量", 3),
    ]
    assert entries[0].end == entries[1].end == entries[2].start
    assert entries[2].end == len(BODY)


def test_a_title_that_is_not_in_the_body_is_given_to_show():
    (part,) = compose("各位：\n办公室要检测。", title="另拟的标题")
    assert part.title == "另拟的标题"
    assert [block.kind for block in part.blocks] == ["p", "p"]


def test_two_speeches_in_one_file_stand_under_their_own_titles():
    body = "甲会讲话\n抓安全。\n第2页\n乙会讲话\n抓质量。"
    second = body.index("乙会")
    parts = compose(body, parts=[["甲会讲话", 0, 9], ["乙会讲话", second, len(body)]])
    assert [[block.kind for block in part.blocks] for part in parts] == [["title", "p", "p"], ["title", "p"]]
    assert "第2页" in parts[0].blocks[-1].text  # what lies between is not lost


@pytest.mark.parametrize("body", ["", "\n \n"], ids=["empty", "blank"])
def test_a_body_without_words_has_no_paragraphs(body):
    assert [part.blocks for part in compose(body)] == [()]


def test_context_stays_within_the_line_and_ends_at_a_sentence():
    before, after = context(BODY, *spans("办公室要检测。"))
    assert (before, after) == ("（一）消防。", "逐校建档；")
    assert context(BODY, *spans("教研室要听课。")) == ("", "")


def test_long_context_starts_after_a_sentence():
    body = "甲" * 50 + "。" + "乙" * 30 + "。目标。后面一句。再一句。"
    start = body.index("目标")
    assert context(body, start, start + 3) == ("乙" * 30 + "。", "后面一句。")


@pytest.mark.parametrize(
    ("heading", "short"),
    [
        ("一、肯定成绩，正视问题，准确把握当前形势", "一、肯定成绩，正视问题"),
        ("（一）坚决守住校园安全底线", "（一）坚决守住校园安全底线"),
        ("二、一个没有停顿而且很长很长的标题还要更长", "二、一个没有停顿而且很长很长的标题还要更长"),
    ],
    ids=["clauses", "short", "no-pause"],
)
def test_headings_are_shortened_at_clauses(heading, short):
    assert shorten(heading) == short
