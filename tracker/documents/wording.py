"""How documents write dates, percentages and lists of names."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone

UNKNOWN_LEAD = "未明确单位"
UNKNOWN_DUE = "未明确时限"
_NUMERALS = "〇一二三四五六七八九"


def day(value: date | None, *, otherwise: str = "") -> str:
    """2026年4月10日."""
    return f"{value.year}年{value.month}月{value.day}日" if value else otherwise


def short_day(value: date | None, *, today: date, otherwise: str = "") -> str:
    """4月10日; with the year when it is not `today`'s."""
    if value is None:
        return otherwise
    return f"{value.month}月{value.day}日" if value.year == today.year else day(value)


def dotted(value: date | None) -> str:
    """2026.4.10, for narrow columns."""
    return f"{value.year}.{value.month}.{value.day}" if value else ""


def moment(value: datetime) -> str:
    """2026年4月10日9时40分, in the office's time."""
    local = timezone.localtime(value)
    return f"{local.year}年{local.month}月{local.day}日{local.hour}时{local.minute:02d}分"


def names(values: Iterable[str]) -> str:
    """甲、乙、丙, each once, blanks left out."""
    return "、".join(dict.fromkeys(value for value in values if value))


def numeral(number: int) -> str:
    """一, 十二, 二十, for headings; Arabic from 100 on."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_NUMERALS[tens]}十")
    return head + (_NUMERALS[ones] if ones else "")


def shares(parts: Sequence[int]) -> list[str]:
    """Percentages with one decimal that add up to exactly 100.0: the largest remainders take what rounding leaves."""
    whole = sum(parts)
    if not whole:
        return ["0%"] * len(parts)
    tenths = [1000 * part // whole for part in parts]
    by_remainder = sorted(range(len(parts)), key=lambda at: (-(1000 * parts[at] % whole), at))
    for at in by_remainder[: 1000 - sum(tenths)]:
        tenths[at] += 1
    return [f"{value // 10}.{value % 10}%".replace(".0%", "%") for value in tenths]
