"""The style sheet of the shipped templates, as a table."""

from dataclasses import dataclass

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SONG, HEI, KAI, FANG, TITLE = "宋体", "黑体", "楷体", "仿宋", "方正小标宋简体"
LATIN = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Style:
    """One style. Sizes and spacings in points; `chars` are indents in hundredths of a character."""

    key: str
    name: str
    font: str = ""
    size: float = 0
    based: str = "Normal"
    align: str = ""
    line: float = 0
    exact: bool = True
    first: int | None = None
    right: int | None = None
    left: int | None = None
    hanging: int | None = None
    before: float = 0
    after: float = 0
    bold: bool = False
    colour: str = ""
    outline: int | None = None
    keep_next: bool = False
    page_break: bool = False
    borders: str = ""
    spacing: int = 0  # between letters, twentieths of a point
    tab: float = 0  # a right tab stop, in millimetres

    def xml(self) -> str:
        """The w:style element."""
        based = "" if self.key == "Normal" else f'<w:basedOn w:val="{self.based}"/>'
        default = ' w:default="1"' if self.key == "Normal" else ""
        custom = "" if self.key in _BUILT_IN else ' w:customStyle="1"'
        return (
            f'<w:style w:type="paragraph"{default}{custom} w:styleId="{self.key}"><w:name w:val="{self.name}"/>{based}'
            f"<w:qFormat/><w:pPr>{self._paragraph()}</w:pPr><w:rPr>{self._run()}</w:rPr></w:style>"
        )

    def _paragraph(self) -> str:
        parts = []
        if self.keep_next:
            parts.append("<w:keepNext/>")
        if self.page_break:
            parts.append("<w:pageBreakBefore/>")
        if self.key == "Normal":
            parts.append('<w:widowControl w:val="0"/>')
        if self.borders:
            parts.append(f"<w:pBdr>{self.borders}</w:pBdr>")
        if self.tab:
            parts.append(f'<w:tabs><w:tab w:val="right" w:pos="{round(self.tab * 56.6929)}"/></w:tabs>')
        if self.line or self.before or self.after:
            rule = f' w:line="{round(self.line * 20)}" w:lineRule="{"exact" if self.exact else "atLeast"}"'
            parts.append(
                f'<w:spacing w:before="{round(self.before * 20)}" w:after="{round(self.after * 20)}"{rule if self.line else ""}/>'
            )
        if any(value is not None for value in (self.first, self.right, self.left, self.hanging)):
            parts.append(self._indent())
        if self.align:
            parts.append(f'<w:jc w:val="{self.align}"/>')
        if self.outline is not None:
            parts.append(f'<w:outlineLvl w:val="{self.outline}"/>')
        return "".join(parts)

    def _indent(self) -> str:
        # Characters rule; the twips beside them are for programs that do not know characters.
        width = round((self.size or 16) * 20 / 100, 2)
        values = {"left": self.left, "right": self.right, "hanging": self.hanging, "firstLine": self.first}
        return (
            "<w:ind"
            + "".join(
                f' w:{name}Chars="{chars}" w:{name}="{round(chars * width)}"'
                for name, chars in values.items()
                if chars is not None
            )
            + "/>"
        )

    def _run(self) -> str:
        parts = []
        if self.font:
            latin = LATIN if self.font in (FANG, KAI, SONG) else self.font
            if self.font == TITLE:
                latin = LATIN
            parts.append(
                f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{self.font}" w:cs="{LATIN}"/>'
            )
        if self.bold:
            parts.append("<w:b/><w:bCs/>")
        if self.colour:
            parts.append(f'<w:color w:val="{self.colour}"/>')
        if self.spacing:
            parts.append(f'<w:spacing w:val="{self.spacing}"/>')
        if self.size:
            parts.append(f'<w:sz w:val="{round(self.size * 2)}"/><w:szCs w:val="{round(self.size * 2)}"/>')
        return "".join(parts)


_BUILT_IN = {"Normal", "Title", "Subtitle", "Heading1", "Heading2", "BodyText", "Footer", "Header"}


def _edge(side: str, size: int, colour: str = "000000", space: int = 1) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


RED = "C00000"
STYLES = (
    Style("Normal", "Normal", FANG, 16, align="both"),
    Style("BodyText", "Body Text", line=29, first=200),
    Style("BodyKeep", "正文（与下段同页）", based="BodyText", keep_next=True),
    Style("Title", "Title", TITLE, 22, align="center", line=36, after=6, keep_next=True),
    Style("SlipTitle", "单据标题", based="Title", page_break=True, size=22),
    Style("Subtitle", "Subtitle", KAI, 16, align="center", line=29, keep_next=True),
    Style("Heading1", "heading 1", HEI, 16, line=29, first=200, align="left", before=4, outline=0, keep_next=True),
    Style("Heading2", "heading 2", KAI, 16, line=29, first=200, align="left", outline=1, keep_next=True),
    Style("ItemHead", "事项标题", FANG, 16, line=29, first=200, align="left", bold=True, keep_next=True),
    Style("Addressee", "主送", line=29, first=0),
    Style("DocNumber", "文号", line=29, align="center", after=4, keep_next=True),
    Style("SlipNumber", "单号", size=14, line=24, align="right", after=4, keep_next=True),
    Style("SlipText", "单据正文", size=14, line=25, first=200, after=4),
    Style("SlipTo", "单据主送", size=14, line=25),
    Style("SlipEnd", "单据落款", size=14, line=24, align="right", before=4),
    Style("Signature1", "落款", line=29, align="right", right=400, before=29, keep_next=True),
    Style("SignDate", "落款日期", line=29, align="right", right=400),
    Style("Attachment", "附件说明", line=29, left=500, hanging=300, before=14, keep_next=True),
    Style("Attachment2", "附件说明续", line=29, left=500, hanging=300, keep_next=True),
    Style("AnnexMark", "附件标记", HEI, 16, line=29, align="left", keep_next=True),
    Style("AnnexTitle", "附件标题", TITLE, 18, align="center", line=32, after=6, keep_next=True),
    Style("CopyTo", "抄送", size=14, line=26, left=100, right=100, before=20,
          borders=_edge("top", 8) + _edge("bottom", 8)),
    Style("RedHead", "红头", TITLE, 44, align="center", line=64, colour=RED, spacing=80, before=10, keep_next=True),
    Style("RedLine", "红线", size=16, line=30, align="left", after=26, tab=156, borders=_edge("bottom", 18, RED, 4), keep_next=True),
    Style("Note", "说明", KAI, 12, line=20, after=2),
    Style("TableText", "表格文字", FANG, 12, line=18, exact=False, align="left"),
    Style("TableCentre", "表格居中", based="TableText", align="center"),
    Style("TableRight", "表格居右", based="TableText", align="right", right=100),
    Style("TableHead", "表头", HEI, 12, line=18, exact=False, align="center", based="TableText", keep_next=True),
    Style("SmallText", "小号表格文字", FANG, 10.5, line=15, exact=False, align="left", based="TableText"),
    Style("SmallCentre", "小号表格居中", based="SmallText", align="center"),
    Style("SmallHead", "小号表头", HEI, 10.5, line=15, exact=False, align="center", based="TableText", keep_next=True),
    Style("Band", "色带", HEI, 16, line=28, exact=False, align="center"),
    Style("SectionEnd", "分节", size=1, line=1),
    Style("Header", "header", size=9),
    Style("Footer", "footer", SONG, 14, align="center"),
)  # fmt: skip

_LINE = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
_TABLES = f"""
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/>
<w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>
<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="OfficialTable"><w:name w:val="公文表格"/><w:basedOn w:val="TableNormal"/>
<w:tblPr><w:tblBorders><w:top {_LINE}/><w:left {_LINE}/><w:bottom {_LINE}/><w:right {_LINE}/><w:insideH {_LINE}/>
<w:insideV {_LINE}/></w:tblBorders><w:tblCellMar><w:top w:w="28" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>
<w:bottom w:w="28" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""


def style_sheet() -> bytes:
    """word/styles.xml."""
    default = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{FANG}" w:cs="{LATIN}"/>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        f'{default}<w:kern w:val="2"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        + STYLES[0].xml()
        + '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/>'
        '<w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>'
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr></w:style>'
        f'<w:style w:type="character" w:customStyle="1" w:styleId="HeiText"><w:name w:val="黑体字"/><w:rPr><w:rFonts w:ascii="{HEI}" w:hAnsi="{HEI}" w:eastAsia="{HEI}"/></w:rPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/>'
        "<w:semiHidden/><w:unhideWhenUsed/></w:style>"
        + "".join(style.xml() for style in STYLES[1:])
        + _TABLES
        + "</w:styles>"
    ).encode()


def font_table() -> bytes:
    """word/fontTable.xml: what to take where a font is not installed."""
    fonts = (
        (TITLE, "宋体", "03000509000000000000", "script"),
        (FANG, "仿宋_GB2312", "02010609060101010101", "modern"),
        (KAI, "楷体_GB2312", "02010609060101010101", "modern"),
        (HEI, "SimHei", "02010609060101010101", "modern"),
        (SONG, "SimSun", "02010600030101010101", "auto"),
    )
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/><w:charset w:val="86"/>'
        f'<w:family w:val="{family}"/><w:pitch w:val="default"/></w:font>'
        for name, other, panose, family in fonts
    )
    latin = f'<w:font w:name="{LATIN}"><w:panose1 w:val="02020603050405020304"/><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="{W}">{rows}{latin}</w:fonts>'.encode()


def settings_xml() -> bytes:
    """word/settings.xml: Word 2013 and later without compatibility mode, Chinese line-breaking rules."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>'
        '<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>'
        '<w:drawingGridVerticalSpacing w:val="156"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '<w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
        '<w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
        '<w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>'
        '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    ).encode()
