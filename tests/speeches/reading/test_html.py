import pytest

from speeches.reading import UnreadableFile, read_document, read_text
from speeches.reading.html import looks_like_html, text_of

PAGE = """<!DOCTYPE html><html><head><meta charset="gb2312"><title>网页</title><style>p{color:red}</style></head>
<body><nav><a>首页</a></nav><div style="display: none">隐藏</div><h1>在全镇防汛会上的讲话</h1>
<p>各村要把沟渠清一遍，请张镕基同志
   负责验收。</p><!-- 注释 --><script>var a=1</script>
<table><tr><td>任务</td><td>单位</td></tr></table>一&amp;二<br/>三</body></html>"""


def test_a_page_saved_in_an_old_encoding_is_read_whole():
    reading = read_document(PAGE.encode("gb18030"), name="讲话.txt")
    assert reading.body.split("\n") == [
        "在全镇防汛会上的讲话", "各村要把沟渠清一遍，请张镕基同志负责验收。", "任务｜单位", "一&二", "三",
    ]  # fmt: skip
    assert reading.notes == ("去掉网页标记",)


def test_the_lines_of_verbatim_text_stay_lines():
    assert text_of("<html><pre>甲\n乙</pre><p>丙\n丁</p></html>").split() == ["甲", "乙", "丙丁"]


def test_a_deeply_nested_page_loses_nothing():
    assert "各村要清淤。" in text_of("<html>" + "<div>" * 1500 + "各村要清淤。" + "</div>" * 1500)


def test_a_page_too_deep_to_be_read_whole_is_refused_rather_than_cut():
    with pytest.raises(UnreadableFile) as refused:
        text_of("<html>" + "<div>" * 5000 + "各村要清淤。" + "</div>" * 5000)
    assert refused.value.code == "unsafe"


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("<p>一</p><p>二</p><p>三</p>", True),
        ("  <!doctype html><p>一", True),
        ("各村要<务必>在三月前清淤，<见附件>。", False),
        ("x < y，y > z", False),
    ],
)
def test_pages_are_told_from_texts_with_angle_brackets(text, page):
    assert looks_like_html(text) is page


def test_a_pasted_source_is_read_like_a_file():
    assert read_text("<div><p>各村要清淤。</p></div><p>完。</p>").body == "各村要清淤。\n完。"
