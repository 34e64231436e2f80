"""Chinese names as people type them in Latin letters: jcjyk, jichujiaoyuke, or a mixture, for 基础教育科."""

import os
from functools import lru_cache
from itertools import islice, product

_FEWEST_LETTERS = 2
# A long name of characters with several readings each has thousands of spellings.
_MOST_SPELLINGS = 16


@lru_cache(maxsize=4096)
def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Every reading of each character of `name`, the usual one first, lower case; other signs read as themselves."""
    # Without its table of phrases the library starts in a tenth of the time and memory; all readings of a character
    # are tried instead, which also finds 重庆路 by either of its two.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
    from pypinyin import Style, pinyin

    signs = (pinyin(sign, style=Style.NORMAL, heteronym=True)[0] for sign in name if not sign.isspace())
    return tuple(tuple(reading.lower() for reading in found) for found in signs)


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """The first letters of a name, by the usual readings first: `syxx syxj` for 实验学校."""
    letters = [dict.fromkeys(reading[:1] for reading in found) for found in readings(name)]
    spelt = ("".join(chosen) for chosen in islice(product(*letters), _MOST_SPELLINGS))
    return " ".join(dict.fromkeys(spelt))


def is_latin(word: str) -> bool:
    """Whether a word can be meant as pinyin: at least two letters and nothing else."""
    return len(word) >= _FEWEST_LETTERS and word.isascii() and word.isalpha()


def spells(name: str, typed: str) -> bool:
    """Whether `typed` spells some characters of `name` in a row: by initials, in full, or half typed."""
    word, signs = typed.lower(), readings(name)
    return any(_fits(signs[start:], word) for start in range(len(signs)))


def _fits(signs: tuple[tuple[str, ...], ...], word: str) -> bool:
    reached = {0}
    for found in signs:
        if len(word) in reached:
            return True
        reached = {end for at in reached for reading in found for end in _ends(reading, word, at)}
    return len(word) in reached


def _ends(reading: str, word: str, at: int) -> list[int]:
    """Where the typed word may go on after one character that was read as `reading`."""
    if not word.startswith(reading[:1], at):
        return []
    whole = [at + len(reading)] if word.startswith(reading, at) else []
    half = [len(word)] if reading.startswith(word[at:]) else []
    return [at + 1, *whole, *half]
