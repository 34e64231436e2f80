"""Time phrases of a sentence, and the day or rhythm each one fixes.

Every rule names one kind of phrase (time_points, time_feasts, time_school, time_spans). All matches are gathered, the longest wins
where they overlap, then what stands around a phrase decides: 前 and 内 make it firm, 起 and 后 make it a start, a name
(今年工作要点), a condition (如果一季度还下不来) or a finished action makes it no deadline at all.
"""
# ruff: noqa: RUF001 (wide digits and look-alike zeros are what the texts hold)

import re
from dataclasses import replace
from datetime import date

from speeches.extraction.calendar_terms import SchoolCalendar
from speeches.extraction.model import Deadline, Directory
from speeches.extraction.time_around import NOTHING, by_first_char, in_clause
from speeches.extraction.time_matches import longest_matches
from speeches.extraction.time_model import FIRM, HORIZON, PLAIN, Moment
from speeches.extraction.time_reading import Reading, read_phrase

_WIDE = str.maketrans("０１２３４５６７８９／．－", "0123456789/.-")
# \s spelt out: the search leaps over what is in no plain set of characters.
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
_ODD = re.compile(f"[０-９／．－{re.escape(_SPACES)}]")


def find_deadlines(text: str, *, spoken_on: date, directory: Directory) -> list[Deadline]:
    """Every time phrase of `text`, in order, offsets in `text`; `due` is never before `spoken_on`."""
    squeezed, places = _squeezed(text)
    return [_deadline(reading, text, places) for reading in _readings(squeezed, spoken_on, directory)]


_ITEM_NUMBER = re.compile(r"\s*\d{1,2}\.(?=\d{1,2}月[\d底初中上下])")


def best_deadline(text: str, *, spoken_on: date, directory: Directory) -> Deadline | None:
    """The one deadline a task row made of `text` should carry, or None when the text names none.

    A firm date (6月底前) goes before a bare period (今年), of two equals the later one is kept; a rhythm named
    elsewhere in the text is carried along; without both the first vague phrase (尽快) is kept for the clerk.
    """
    if "." in text and _ITEM_NUMBER.match(text):
        # 1.5月25日前: the first figure numbers the item; every place stays where it is
        text = text.replace(".", "、", 1)
    squeezed, places = _squeezed(text)
    found = _readings(squeezed, spoken_on, directory)
    if not found:
        return None
    if _is_timetable(found):
        found = [reading for reading in found if reading.sense.rule != _MONTH_RULE]
    dated = [reading for reading in found if reading.sense.due]
    rhythm = next((reading for reading in found if reading.sense.recur), None)
    if dated:
        best = _deadline(_surest(text, dated), text, places)
        return replace(best, recur=rhythm.sense.recur) if rhythm and not best.recur else best
    return _deadline(rhythm or found[0], text, places) if found else None


def _surest(text: str, dated: list[Reading]) -> Reading:
    """The date that stands best for the whole task; of equals the later day, then the later in the text."""
    if len(dated) == 1:
        return dated[0]
    return max(
        dated,
        key=lambda reading: (
            _standing(text, reading),
            not reading.sense.rule.startswith("取该周"),
            reading.sense.due,
            reading.start,
        ),
    )


_MONTH_RULE = "取当月最后一日"


def _is_timetable(found: list[Reading]) -> bool:
    """9月安全，10月爱国，11月感恩: three bare months beside a rhythm are what is on when, no dates to meet."""
    months = [
        reading for reading in found if reading.sense.rule == _MONTH_RULE and reading.sense.strength < FIRM
    ]
    return len(months) > 2 and any(reading.sense.recur for reading in found)


# 剩下的…明年2月底前: what is left over; 元旦前先征求意见: a step on the way
_LEFT_OVER = re.compile(
    r"(?:剩下|剩余|其余|余下|个别|确有|确需|确因|特殊情况|来不及|做不完|完不成|不合格的)[^。；;]{0,40}$"
)
_STEP = re.compile(r"[，,]?先(?!后|进|行)")


# 年底我来翻, 月底我去看: when the speaker comes to look at what was due before
_I_COME = re.compile(
    r"[，,]?我(?:还|再|要|会|将|亲自|自己|带队)*(?:来|去|到|下来|上门)?(?:[^，,。；;]{0,8}?)(?:看|翻|查|验|听|考|抽)"
)
_OTHERS_COME = re.compile(
    r"[，,]?(?:[省市县区]里|上级|省厅|市局|(?:考核|督查|督导|检查|巡察|巡视|验收|专家)组)(?:就|还|将|会)?(?:要|来|下来|进驻|抽查|组织|复核|回头看)"
)
# 前期答应8月复工, 报的工期是明年5月底: what somebody else had said
_OTHERS_SAID = re.compile(
    r"(?:答应|承诺|许诺|保证过|说好|报的|报来的|上报的|提出的|你们的|(?:[县市省区局镇]里|上级|省厅|市局)(?:定的|给的|要求|规定|下达))[^，,。；;]{0,8}$"
)
_AFTER = by_first_char(step=_STEP, i_come=_I_COME, others_come=_OTHERS_COME)


def _standing(text: str, reading: Reading) -> int:
    """How well a date stands for the whole task; `reading` counts in the squeezed text, which is near enough."""
    strength = reading.sense.strength
    start, end = reading.start, reading.end
    after = _AFTER.get(text[end : end + 1], NOTHING)
    if strength >= FIRM and (
        _LEFT_OVER.search(text, max(0, start - 50), start)
        or ("step" in after and _STEP.match(text, end))
        or ("i_come" in after and _I_COME.match(text, end))
    ):
        return PLAIN
    if (
        strength in (PLAIN, FIRM)
        and in_clause(text, start)
        and _OTHERS_SAID.search(text, max(0, start - 16), start)
    ):
        return strength - 1
    if "others_come" in after and _OTHERS_COME.match(text, end):
        return strength - 1
    return strength


def _deadline(reading: Reading, text: str, places: list[int] | None) -> Deadline:
    start, end = reading.start, reading.end
    if places is not None:
        start, end = places[start], places[end - 1] + 1
    sense = reading.sense
    return Deadline(
        start,
        end,
        text[start:end],
        due=sense.due,
        recur=sense.recur,
        rule=sense.rule,
        reckoned=sense.reckoned,
    )


def _squeezed(text: str) -> tuple[str, list[int] | None]:
    """The text without white space (6 月 30 日) and wide digits, and where each kept character stood."""
    if not _ODD.search(text):
        return text, None
    if len("".join(text.split())) == len(text):
        return text.translate(_WIDE), None
    places = [index for index, char in enumerate(text) if not char.isspace()]
    return "".join(text[index] for index in places).translate(_WIDE), places


def _readings(squeezed: str, spoken_on: date, directory: Directory) -> list[Reading]:
    chosen = longest_matches(squeezed)
    if not chosen:
        return []
    now = Moment(spoken_on, directory, SchoolCalendar(directory.terms))
    read = [reading for match, rule in chosen if (reading := read_phrase(squeezed, match, rule, now))]
    return _without_withdrawn(squeezed, read) if len(read) > 1 else read


# --- dates taken back ------------------------------------------------------------------------------------------

_CORRECTED = re.compile(
    r"^[^，。、；！…—]{0,8}[，。、！？,…—]+(?:[啊嗯哦噢呃哎][，、,]?)?(?:不(?:[，。、！,]|对)|错了|说错了|更正|纠正|改|还是|算了|应该是|应当是|干脆|而?是)[^。；]{0,8}$"
    r"|(?:提前|调整|改|推迟|延迟|延期|延长|顺延|放宽)(?:至|到|为|成|在)?$"
)
_FORMERLY = re.compile(r"(?:原定|原计划|原来|本来|原先|不是)[^，。；]{0,6}$")


# 周五以前——不对，周五就是14号，来不及，明天天黑以前; but not 来不及的，6月底前
_TOO_LATE = re.compile(
    r"(?:来不及|赶不[及上]|太晚|太迟|等不[起了及]|不对|不现实|肯定不行|我看不行|拖不起)(?!的)"
)


def _without_withdrawn(text: str, readings: list[Reading]) -> list[Reading]:
    """Drop a date put right in the same breath: 下周五，不，下周三前; 原定6月底，提前到5月底."""
    kept: list[Reading] = []
    following: Reading | None = None
    withdrawn: Reading | None = None
    for reading in reversed(_apart(readings)):
        if reading.sense.due:
            if following and (
                _is_withdrawn(text, reading, following) or _is_said_again(reading, following, withdrawn)
            ):
                withdrawn = reading
            else:
                kept.append(reading)
            following = reading
        else:
            kept.append(reading)
    return kept[::-1]


def _is_said_again(reading: Reading, following: Reading, withdrawn: Reading | None) -> bool:
    """这个月底——月底可能来不及: both are taken back."""
    return (
        following is withdrawn
        and reading.sense.due == following.sense.due
        and following.start - reading.end <= 12
    )


def _apart(readings: list[Reading]) -> list[Reading]:
    """Drop what a longer phrase has taken in: the 下班前 of 4月20日（周一）下班前."""
    apart: list[Reading] = []
    for reading in readings:
        if not apart or reading.start >= apart[-1].end:
            apart.append(reading)
    return apart


def _is_withdrawn(text: str, reading: Reading, following: Reading) -> bool:
    gap = text[reading.end : following.start]
    if len(gap) <= 20 and _CORRECTED.search(gap):
        return True
    if len(gap) <= 40 and "。" not in gap and _TOO_LATE.search(gap):
        return True
    return bool(
        len(gap) <= 30
        and "。" not in gap
        and _FORMERLY.search(text, max(0, reading.start - 10), reading.start)
    )


__all__ = ["HORIZON", "PLAIN", "best_deadline", "find_deadlines"]
