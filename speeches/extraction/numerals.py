"""Chinese numerals as they occur in dates and counts. Small on purpose: 万 and 亿 stay units of a figure."""
# ruff: noqa: RUF001 (wide digits and look-alike zeros are what the texts hold)

_DIGITS = {
    char: value
    for value, chars in enumerate(("〇○零Oo", "一壹", "二两贰", "三", "四", "五", "六", "七", "八", "九"))
    for char in chars
}
_DIGITS |= {str(value): value for value in range(10)}
_TENS = {"廿": 20, "卅": 30}
_UNITS = {"十": 10, "百": 100, "千": 1000}

# What a numeral may be made of, for use inside a character class.
NUMERAL = "0-9〇○零一二两三四五六七八九十百廿卅"


def read_number(text: str) -> int | None:
    """The value of 15, 十五, 二十, 廿三, 一百二十, 二〇二六 (digit by digit), or None when it is no numeral."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text and all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _read_with_units(text)


def _read_with_units(text: str) -> int | None:
    total, pending = 0, None
    for char in text:
        if char in _TENS:
            total += _TENS[char]
        elif char in _UNITS:
            total += (1 if pending is None else pending) * _UNITS[char]
            pending = None
        elif char in _DIGITS:
            pending = _DIGITS[char] + (10 * pending if pending and text.isascii() else 0)
        else:
            return None
    return total + (pending or 0) if text else None


def read_upper(text: str) -> int | None:
    """The upper end of a vague amount: 三到五 -> 5, 两三 -> 3, 3—5 -> 5; a plain numeral as it is."""
    for separator in ("到", "至", "—", "－", "-", "~", "～", "、", "或"):
        if separator in text:
            text = text.rpartition(separator)[2]
    # 两三, 三五: two neighbouring small digits are an estimate, not a year
    if len(text) == 2 and all(char in "一二两三四五六七八九" for char in text):
        text = text[1]
    return read_number(text)
