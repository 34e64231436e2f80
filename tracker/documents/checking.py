"""Is an uploaded template usable? Every fault is named in words, with the placeholder it is about."""

import re
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from docx import Document as WordDocument
from docxtpl import DocxTemplate
from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, meta, nodes

from tracker.documents.kinds import Form, Kind
from tracker.documents.refusals import BrokenTemplate
from tracker.documents.rendering import environment, render
from tracker.documents.samples import sample_context

MOST_BYTES = 5 * 1024 * 1024
_MOST_UNPACKED = 60 * 1024 * 1024
_MOST_PARTS = 2000
_SLIP = ("各单", "文号", "督办事项", "牵头单位", "办结时限")

# What a form is worthless without. Names of a list's rows count wherever they stand.
REQUIRED: dict[str, tuple[str, ...]] = {
    Kind.BREAKDOWN: ("各部分", "各项", "类别", "工作任务", "牵头单位", "完成时限", "数据截至"),
    Kind.NOTICE: _SLIP,
    Kind.REMINDER: _SLIP,
    Kind.CHASE: (*_SLIP, "催办次数"),
    Kind.CARD: (*_SLIP, "颜色"),
    Kind.EXTENSION: ("各单", "督办事项", "原定时限", "申请延期至"),
    Kind.BULLETIN: ("期号", "总体情况", "附表", "数据截至"),
    Kind.REPORT: ("总体情况", "超期事项", "各单位", "数据截至"),
    Kind.MINUTES: ("文号", "议定事项", "会议意见", "数据截至"),
}
# The chase's number of times also stands in its sentence.
_INSTEAD = {"催办次数": "正文", "类别": "类别"}


def check_template(form: Form, content: bytes) -> None:
    """Raises `BrokenTemplate` with everything that is wrong."""
    _check_package(content)
    template = _open(content)
    sample = sample_context(form)
    used: set[str] = set()
    problems: list[str] = []
    for source in _sources(template):
        problems += _wide_braces(source)
        problems += _check_source(source, sample, used)
    if not problems:
        problems += _missing(form, used)
    problems = problems or _try(content, sample)
    if problems:
        raise BrokenTemplate(list(dict.fromkeys(problems)))


def _check_package(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise BrokenTemplate([f"文件超过{MOST_BYTES // 1024 // 1024}MB"])
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            outside = [
                entry.filename for entry in entries
                if entry.filename.endswith(".rels") and entry.file_size < _MOST_UNPACKED and _points_outside(archive.read(entry))
            ]  # fmt: skip
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
        raise BrokenTemplate(["文件不是 Word 文档（.docx）。老版 .doc、WPS 文档请先另存为 .docx"]) from error
    if "word/document.xml" not in names:
        raise BrokenTemplate(["文件不是 Word 文档（.docx）。请上传 .docx 文件"])
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_UNPACKED:
        raise BrokenTemplate(["文件展开后过大，不能作为模板"])
    if any("vbaProject" in name for name in names):
        raise BrokenTemplate(["文件含宏，不能作为模板。请另存为不含宏的 .docx"])
    if outside:
        raise BrokenTemplate(["文件引用了外部内容（如联机模板、链接的图片），请改为嵌入后再上传"])


def _points_outside(rels: bytes) -> bool:
    """Whether something beyond a hyperlink is fetched from elsewhere when the file is opened."""
    found = re.findall(rb"<Relationship\b[^>]*>", rels)
    return any(b'TargetMode="External"' in one and b"/hyperlink" not in one for one in found)


def _open(content: bytes) -> DocxTemplate:
    template = DocxTemplate(BytesIO(content))
    try:
        template.init_docx()
    except Exception as error:  # whatever the file does to the parser, it is no template
        raise BrokenTemplate(["文件已损坏，Word 文档的内容读不出来"]) from error
    return template


def _sources(template: DocxTemplate) -> Iterator[str]:
    """The body, headers and footers as jinja sees them."""
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))


def _check_source(source: str, sample: Mapping[str, Any], used: set[str]) -> list[str]:
    try:
        tree = environment().parse(source)
        environment().from_string(source)
    except TemplateSyntaxError as error:
        return [_syntax(error, source)]
    known = set(sample)
    fields = set(_fields(sample))
    loops = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    top = meta.find_undeclared_variables(tree)
    attributes = set(_attributes(tree))
    used |= top | attributes | loops
    return [f"不认识的占位符：{name}" for name in sorted(top - known)] + [
        f"不认识的占位符：{name}（列表中没有这一栏）" for name in sorted(attributes - fields)
    ]


def _wide_braces(source: str) -> list[str]:
    """A Chinese input method types them unless told otherwise, and then nothing is filled in."""
    found = re.findall(r"[｛{]\s*[｛{][^｛{}｝]{0,40}", re.sub(r"<[^>]+>", "", source))
    return [f"花括号须用半角：{tag.strip()}" for tag in found if "｛" in tag]


def _fields(value: Any) -> Iterator[str]:
    """Every name that stands inside a list's rows."""
    for inner in value.values() if isinstance(value, Mapping) else value:
        if isinstance(inner, list):
            for row in inner:
                if isinstance(row, Mapping):
                    yield from row
                    yield from _fields(row)


def _attributes(tree: nodes.Template) -> Iterator[str]:
    for node in tree.find_all(nodes.Getattr):
        if not (isinstance(node.node, nodes.Name) and node.node.name == "loop"):
            yield node.attr
    for item in tree.find_all(nodes.Getitem):
        if isinstance(item.arg, nodes.Const) and isinstance(item.arg.value, str):
            yield item.arg.value


def _missing(form: Form, used: set[str]) -> list[str]:
    wanted = REQUIRED[form.kind]
    return [
        f"缺少必需的占位符：{name}"
        for name in wanted
        if name not in used and _INSTEAD.get(name, name) not in used
    ]


def _try(content: bytes, sample: Mapping[str, Any]) -> list[str]:
    """Fill it in with the sample and open what comes out."""
    try:
        WordDocument(BytesIO(render(content, sample)))
    except UndefinedError as error:
        return [f"不认识的占位符：{_quoted(str(error))}"]
    except TemplateError as error:
        return [f"占位符写法有误：{error}"]
    except Exception as error:
        # A loop that opens in one cell and closes in another, say: what comes out is no longer a document.
        return [
            f"按样例填写后不成其为 Word 文档，请检查循环标记（for、endfor）是否各占一行或一段（{type(error).__name__}）"
        ]
    return []


def _quoted(text: str) -> str:
    found = re.findall(r"'([^']+)'", text)
    return found[-1] if found else text


def _syntax(error: TemplateSyntaxError, source: str) -> str:
    near = _near(source, error.lineno)
    hints = (
        (r"Unexpected end of template|Encountered unknown tag 'end|Unknown tag 'end", "for 与 endfor（或 if 与 endif）不成对"),
        (r"unexpected '\}'|unexpected '\{'|expected token 'end of", "花括号不成对或占位符没有写完"),
        (r"unknown tag|Encountered unknown tag", "有不认识的标记"),
        (r"No filter named", "用了不认识的过滤器"),
        (r"Expected an expression", "for 或 if 的标记没有写完，应如“for 行 in 各单”"),
    )  # fmt: skip
    what = next(
        (hint for pattern, hint in hints if re.search(pattern, error.message or "", re.I)), "占位符写法有误"
    )
    return f"{what}，在“{near}”附近" if near else what


def _near(source: str, line: int) -> str:
    """The tag the error is at, in the words of the template."""
    lines = source.splitlines()
    text = lines[line - 1] if 0 < line <= len(lines) else source
    tags = re.findall(r"\{[{%].*?(?:[%}]\}|$)", re.sub(r"<[^>]+>", "", text))
    # Word writes a whole page on one line: the tag that cannot stand by itself is the one meant.
    tags = [tag for tag in tags if _is_wrong(tag)] or tags
    return tags[0][:40] if tags else re.sub(r"<[^>]+>", "", text).strip()[:40]


def _is_wrong(tag: str) -> bool:
    if re.match(r"\{%[-+]?\s*(else|elif|end)", tag):
        return False
    try:
        environment().from_string(tag)
    except TemplateSyntaxError as error:
        return "Unexpected end of template" not in (error.message or "")
    return False
