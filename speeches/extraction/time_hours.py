"""Phrases of the next hours, as they are said at night calls: 今晚12点前, 天亮之前, 下午5点前, 明后两天."""

import re
from datetime import timedelta

from speeches.extraction.time_model import FIRM, Moment, Period, Sense, TimeRule, chinese, span

_BEFORE = r"(?:之前|以前|前(?!后|往|列|来))"
_PART = r"(?:上午|中午|下午|傍晚|晚上|夜里|今晚|晚)"
_HOUR = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})(?:[点时](?:半|整|钟|\d{1,2}分?)?|[:：]\d\d)"

# 今晚这个会, 今晚紧急召开, 今晚我们, 今晚8点起: the meeting itself, or the hour something begins
_NO_WORK = re.compile(
    rf"的|这[个次场里]|[紧临]?[急时]?(?:召开|召集)|我们?(?!要)|请大家|把[^，。；]{{0,30}}(?:请|召集|叫)|大家(?!要|必须|务必)|会议|会上|开(?:这|个|会|视频)|连夜召|就讲|只讲|主要|起(?!草|吊)|开始|{_HOUR}(?:起|开始|整?召开)"
    r"|[到至](?:明|后)|还?(?:将|会)?(?:有|是)|预计|预报|坐|来参|参加|前来"
)
_WEATHER = re.compile(r"[^，,。；;]{0,4}[，,]?[^，,。；;]{0,14}(?:雨|雪|大风|降温|气温|高温|台风|洪峰)")


def _tonight(match: re.Match[str], now: Moment) -> Period | None:
    if _NO_WORK.match(match.string, match.end()):
        return None
    return span(now.day, now.day, f"从讲话日推算，为{chinese(now.day)}", reckoned=True)


_TOLD = re.compile(r"昨|前[天晚]|那[天晚]|当[天晚]|上[周次]|凌晨")
_ONLY_THEN = re.compile(r"才|就(?:撤|走|到|完成|抢|赶|已)|已|他们")


def _dawn(match: re.Match[str], now: Moment) -> Sense | None:
    """天亮前 said at a meeting is the next morning; told of a night past it is nothing."""
    if _TOLD.search(match.string, max(0, match.start() - 20), match.start()) or _ONLY_THEN.match(
        match.string, match.end()
    ):
        return None
    due = now.day + timedelta(1)
    return Sense(due=due, rule=f"从讲话日推算，为{chinese(due)}早晨", reckoned=True, strength=FIRM)


# 值班员每天上午8点前, 坚持晚上十点以前: an hour of every day
_EVERY_DAY = re.compile(
    r"每|坚持|平时|工作日|日常|逐日|规定|要求在|实行|做到|发现|发生|接到|昨|[日号天一二三四五六末][，,]?$"
)


def _hour_today(match: re.Match[str], now: Moment) -> Sense | None:
    if _EVERY_DAY.search(match.string, max(0, match.start() - 20), match.start()):
        return None
    return Sense(due=now.day, rule="未写日期，按讲话当日", reckoned=True, strength=FIRM)


def _two_days(match: re.Match[str], now: Moment) -> Period | None:
    if _WEATHER.match(match.string, match.end()):
        return None
    last = now.day + timedelta({"今明": 1, "明后": 2}[match["pair"]])
    return span(now.day, last, f"从讲话日推算，至{chinese(last)}", reckoned=True)


def _nothing(match: re.Match[str], now: Moment) -> None:
    return None


RULES = (
    TimeRule(
        "tonight",
        "今",
        r"今[晚夜天]",
        re.compile(r"(?<![至当古如到])(?:今[晚夜](?!报|会|间新闻)|今天(?:夜里|夜间|半夜|连夜))"),
        _tonight,
    ),
    TimeRule(
        "weather-ahead",
        "今明",
        r"[今明][天晚夜]",
        re.compile(
            r"[今明][天晚夜](?:夜里|夜间|晚上|白天)?(?:开始)?[到至][明后][天晚早](?:上午|下午|白天|夜里|夜间|晚上)?(?=[^。；;]{0,16}(?:雨|雪|大风|降温|气温|高温|台风|洪峰))"
        ),
        _nothing,
    ),
    TimeRule(
        "dawn",
        "天黎拂",
        r"天亮|天明|黎明|拂晓",
        re.compile(rf"(?:赶?在)?(?:明天)?(?:天亮|天明|黎明|拂晓){_BEFORE}"),
        _dawn,
    ),
    TimeRule(
        "hour-today",
        "点时:：",
        r"[点时:：][^，。]{0,4}前",
        re.compile(
            rf"(?:^|(?<=[，,。；;！!])|(?<=务必)|(?<=必须)|(?<=请))(?:在|于|赶在)?{_PART}?{_HOUR}{_BEFORE}"
            rf"|(?<![\d日号天夜晚晨早午周期拜一二三四五六七八九十]){_PART}?{_HOUR}{_BEFORE}(?=[^，,。；;]{{0,5}}(?:送到|报[到送给来上]|交[到给来上]|发[到给]|汇总|反馈|转移|撤离))"
        ),
        _hour_today,
    ),
    TimeRule("two-days", "天", r"今明|明后", re.compile(r"(?P<pair>今明|明后)(?:这)?[两二2]天"), _two_days),
)
