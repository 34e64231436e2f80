"""One character at a time: what is mapped, what is dropped. Never NFKC: it would turn ，；：！？（） into ASCII."""

import re
import unicodedata

_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

# Radicals that fonts and PDF writers put in place of the character itself; the Unicode standard's own equivalents
# (EquivalentUnifiedIdeograph) for those that no normalisation form maps.
_RADICALS = dict(
    zip(
        "⺁⺇⺋⺌⺍⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺝⺞⺠⺡⺢⺣⺤⺥⺦⺨⺩⺫⺬⺭⺮⺯⺰⺱⺳⺴⺶⺷⺸⺹⺺⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲",
        "厂几㔾小小尣尢巳幺彑彐忄㣺扌攵旡月歺民氵氺灬爫爫丬犭王罒礻礻竹糸纟罓网罒羊羊羊耂耂月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜雨青韦页风飞食飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀",
        strict=True,
    )
)


def _compatibility() -> dict[int, str]:
    """Kangxi radicals and compatibility ideographs to the one ordinary character each stands for."""
    table: dict[int, str] = {}
    for first, last in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)):
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code):
                table[code] = plain
    return table


def _dropped() -> list[int]:
    """Controls but the newline, marks nobody sees, Word's private bullets, and code points that are no characters."""
    controls = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"]
    unseen = [
        0xAD,
        0x34F,
        0x61C,
        0x180E,
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
    ]
    marks = [0xFEFF, *range(0xFE00, 0xFE10), *range(0xFFF9, 0xFFFD), *range(0xFDD0, 0xFDF0)]
    nobodies = [plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF)]
    symbol_font = list(range(0xF000, 0xF100))  # Wingdings and Symbol bullets
    return [*controls, *unseen, *marks, *nobodies, *symbol_font, *range(0xD800, 0xE000)]


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = dict.fromkeys(_dropped())
    table.update({ord(radical): plain for radical, plain in _RADICALS.items()})
    table.update(_compatibility())
    for full in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)):
        table[full] = chr(full - 0xFEE0)
    # U+E5E5 is what old GBK tables make of the ideographic space.
    for blank in ("\t\xa0\u1680\u202f\u205f\u3000\ue5e5", *(chr(code) for code in range(0x2000, 0x200B))):
        table.update({ord(char): " " for char in blank})
    return table


TABLE = _table()


def plain_newlines(text: str) -> str:
    """The text with \\n for every kind of line end."""
    return _NEWLINES.sub("\n", text)


def normalise(text: str) -> str:
    """The text with plain newlines and blanks, half-width digits and letters, and nothing invisible."""
    return plain_newlines(text).translate(TABLE)
