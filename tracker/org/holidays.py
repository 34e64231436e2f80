"""The notice by which the State Council's office fixes a year's holidays, read from its own words. Pure text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

# Full-width figures and marks, as Word types them.
_WIDE = str.maketrans({0xFF10 + n: str(n) for n in range(10)} | dict(zip("（）：；", "():;", strict=True)))
_YEAR = re.compile(r"(20\d{2})年(?!\d)[^。\n]{0,40}?(?:节假日|放假)")
_NAME = r"元旦|春节|清明节?|劳动节|五一|端午节?|中秋节?|国庆节?"
_HEADING = re.compile(rf"((?:{_NAME})(?:[、和与](?:{_NAME}))*)(?:假期)?[:。]")
_TOKEN = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})(?:[日号]|(?=[至到—~-]))"
    r"(?P<mark>\([^)]*\))?"
    r"|(?P<to>[至到—~-])|(?P<rest>放假|补休)|(?P<work>上班)|共(?P<count>\d{1,2})天|(?P<stop>[。;\n])"
)
# All that may stand between a day and 放假 or 上班: 1月5日前报送放假安排 declares nothing.
_BETWEEN = re.compile(r"[、，,和及]*(?:均|照常|正常|全天)?")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_LONGEST = 15
_DAY = timedelta(days=1)


@dataclass(slots=True)
class Festival:
    """One line of the notice. `problems` says what does not agree in it: then nothing of it may be taken."""

    name: str
    text: str
    rest: list[date] = field(default_factory=list)
    worked: list[date] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """A notice as read."""

    year: int
    festivals: tuple[Festival, ...]

    @property
    def problems(self) -> list[str]:
        """Everything that does not agree, the festival's name first."""
        found = [f"{f.name or '第一段'}：{text}" for f in self.festivals for text in f.problems]
        return found if self.festivals else ["没有读到放假或上班的日期，请粘贴通知中“一、元旦：…”各段。"]

    @property
    def days(self) -> dict[date, tuple[bool, str]]:
        """{day: (worked, note)}."""
        found: dict[date, tuple[bool, str]] = {}
        for festival in self.festivals:
            found |= dict.fromkeys(festival.rest, (False, f"{festival.name}放假"))
            found |= dict.fromkeys(festival.worked, (True, f"{festival.name}调休上班"))
        return found


def read_notice(text: str, *, year: int) -> HolidayNotice:
    """Read a notice, or some lines of it. `year` holds where the text does not name its own."""
    plain = re.sub(r"[ \t　]", "", text.translate(_WIDE))
    named = _YEAR.search(plain)
    year = int(named[1]) if named else year
    festivals = [_festival(name, body, year) for name, body in _parts(plain)]
    taken: dict[date, Festival] = {}
    for festival in festivals:
        for day in (*festival.rest, *festival.worked):
            if day in taken:
                festival.problems.append(f"{_words(day)}出现了两次")
            taken[day] = festival
    return HolidayNotice(year, tuple(f for f in festivals if f.rest or f.worked or f.problems))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """(festival, its words); words before the first festival have no name."""
    heads = list(_HEADING.finditer(text))
    starts = [head.start() for head in heads] + [len(text)]
    yield "", text[: starts[0]]
    for head, end in zip(heads, starts[1:], strict=True):
        yield head[1], text[head.end() : end]


class _Reader:
    """Walks over the dates and verbs of one festival."""

    def __init__(self, festival: Festival, year: int) -> None:
        self.festival, self.year = festival, year
        self.pending: list[date] = []
        self.last: date | None = None
        self.open_range = False
        self.at = 0

    def take(self, token: re.Match[str]) -> None:
        """The next date, verb, count or stop."""
        if not _BETWEEN.fullmatch(token.string, self.at, token.start()):
            self.pending, self.open_range = [], False
        self.at = token.end()
        if token["day"]:
            self._date(token)
        elif token["to"]:
            self.open_range = bool(self.pending)
        elif token["rest"] or token["work"]:
            days = self.festival.rest if token["rest"] else self.festival.worked
            days += [day for day in self.pending if day not in days]
            self.pending = []
        elif token["count"] and self.festival.rest and int(token["count"]) != len(self.festival.rest):
            self.festival.problems.append(f"写明共{token['count']}天，推算为{len(self.festival.rest)}天")
        elif token["stop"]:
            self.pending, self.open_range = [], False

    def _date(self, token: re.Match[str]) -> None:
        if not token["month"] and self.last is None:
            return
        day = self._resolve(token)
        if day is None:
            self.festival.problems.append(f"没有“{token[0]}”这一天")
            return
        self._check_weekday(day, token["mark"] or "")
        if self.open_range and self.pending:
            first = self.pending[-1]
            if not timedelta(0) < day - first <= _LONGEST * _DAY:
                self.festival.problems.append(f"{_words(first)}至{_words(day)}的起止不对")
            else:
                self.pending += [first + n * _DAY for n in range(1, (day - first).days + 1)]
        else:
            self.pending.append(day)
        self.last, self.open_range = day, False

    def _resolve(self, token: re.Match[str]) -> date | None:
        month = int(token["month"] or (self.last.month if self.last else 0))
        if token["year"]:
            year = int(token["year"])
        elif self.last and not token["month"]:
            year = self.last.year
        elif self.last and self.open_range and month < self.last.month:
            year = self.last.year + 1
        else:  # 12月31日 at New Year is that of the year before
            year = self.year - (self.festival.name.startswith("元旦") and month == 12)
        try:
            return date(year, month, int(token["day"]))
        except ValueError:
            return None

    def _check_weekday(self, day: date, mark: str) -> None:
        written = _WEEKDAY.search(mark)
        if written and _WEEKDAYS.index(written[1].replace("天", "日")) != day.weekday():
            self.festival.problems.append(
                f"{day.year}年{_words(day)}是周{_WEEKDAYS[day.weekday()]}，文中写作{written[0]}"
            )


def _festival(name: str, body: str, year: int) -> Festival:
    festival = Festival(name, " ".join(body.split()))
    reader = _Reader(festival, year)
    for token in _TOKEN.finditer(body):
        reader.take(token)
    return festival


def _words(day: date) -> str:
    return f"{day.month}月{day.day}日"
