"""The numbers Word writes in front of paragraphs, by the name of their format."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LARGEST = 9_999  # a forged start of a thousand million would be as many letters
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def chinese(number: int, *, digits: str = "零一二三四五六七八九", units: str = "十百千") -> str:
    """一, 十, 十一, 二十, 一百零一. Up to 9999; beyond, plain digits."""
    if not 0 < number < 10_000:
        return str(number)
    said, pending_zero = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            pending_zero = bool(said)
            continue
        said += digits[0] if pending_zero else ""
        said += digits[digit] + (units[place - 1] if place else "")
        pending_zero = False
    ten = digits[1] + units[0]
    return said.removeprefix(digits[1]) if units[0] == "十" and said.startswith(ten) else said


def formal(number: int) -> str:
    """壹, 贰, 壹拾."""
    return chinese(number, digits=_FORMAL_DIGITS, units="拾佰仟")


def digitwise(number: int) -> str:
    """一〇, 一一: digit by digit."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def roman(number: int) -> str:
    """I, IV, XII."""
    said = ""
    for value, sign in _ROMAN:
        said += sign * (number // value)
        number %= value
    return said


def letters(number: int) -> str:
    """A … Z, AA, BB as Word repeats them."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)]


def _run(first: str, count: int) -> Callable[[int], str]:
    """One sign each from `first` on, plain digits after the last."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= count else str(number)


def circled(number: int) -> str:
    """① to ㊿."""
    for first, start, count in (("①", 1, 20), ("㉑", 21, 15), ("㊱", 36, 15)):
        if start <= number < start + count:
            return chr(ord(first) + number - start)
    return str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": str,
    "decimalFullWidth2": str,
    "decimalHalfWidth": str,
    "ordinal": str,
    "numberInDash": lambda number: f"- {number} -",
    "upperRoman": roman,
    "lowerRoman": lambda number: roman(number).lower(),
    "upperLetter": letters,
    "lowerLetter": lambda number: letters(number).lower(),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": digitwise,
    "japaneseDigitalTenThousand": digitwise,
    "taiwaneseDigital": digitwise,
    "chineseLegalSimplified": formal,
    "ideographLegalTraditional": formal,
    "japaneseLegal": formal,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "ideographEnclosedCircle": _run("㊀", 10),
    "none": lambda number: "",
    "bullet": lambda number: "",
}


def numeral(number: int, fmt: str) -> str:
    """The number in a format of Word; plain digits for a format of another language."""
    return _FORMATS.get(fmt, str)(number) if 0 <= number <= _LARGEST else str(number)
