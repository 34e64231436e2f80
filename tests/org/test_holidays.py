"""The official holiday notice, read from its own words. The lines are facts of published notices."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from tracker.org.holidays import read_notice

NOTICE_2026 = """关于2026年部分节假日安排的通知
各有关单位：
现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各单位要安排好值班。
2025年11月4日"""


def days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_a_whole_notice_agrees_with_the_library_day_by_day():
    notice = read_notice(NOTICE_2026, year=2030)
    assert (notice.year, notice.problems, len(notice.festivals)) == (2026, [], 7)
    assert len(notice.days) == 33 + 6
    assert all(chinese_calendar.is_workday(day) == worked for day, (worked, _) in notice.days.items())


@pytest.mark.parametrize(
    ("text", "year", "rest", "worked"),
    [
        pytest.param("1月1日至3日放假调休，共3天。1月4日上班", 2027, days(date(2027, 1, 1), date(2027, 1, 3)), [date(2027, 1, 4)], id="bare line"),
        pytest.param("五、端午节：6月14日放假，与周末连休。", 2021, [date(2021, 6, 14)], [], id="one day"),
        pytest.param("元旦：2022年12月31日至2023年1月2日放假调休，共3天。", 2023, days(date(2022, 12, 31), date(2023, 1, 2)), [], id="years written"),
        pytest.param("元旦：12月30日至1月1日放假，共3天。", 2024, days(date(2023, 12, 30), date(2024, 1, 1)), [], id="years not written"),
        pytest.param("国庆节、中秋节：9月29日至10月6日放假调休，共8天。", 2023, days(date(2023, 9, 29), date(2023, 10, 6)), [], id="two festivals"),
        pytest.param("五一：５月１—５日放假，共５天", 2027, days(date(2027, 5, 1), date(2027, 5, 5)), [], id="full-width figures"),
        pytest.param("中秋节：9月25日-27日放假，共3天。9月28号上班", 2026, days(date(2026, 9, 25), date(2026, 9, 27)), [date(2026, 9, 28)], id="other marks"),
        pytest.param("清明节：4月4日、5日、6日放假，共3天", 2026, days(date(2026, 4, 4), date(2026, 4, 6)), [], id="a list of days"),
    ],
)  # fmt: skip
def test_a_line_is_read(text, year, rest, worked):
    festival = read_notice(text, year=year).festivals[0]
    assert (festival.rest, festival.worked, festival.problems) == (rest, worked, [])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("元旦：1月1日至3日放假，共4天。", "元旦：写明共4天，推算为3天", id="count"),
        pytest.param(
            "元旦：1月1日（周四）放假。",
            "元旦：2027年1月1日是周五，文中写作周四",
            id="weekday of another year",
        ),
        pytest.param("劳动节：2月30日放假。", "劳动节：没有“2月30日”这一天", id="no such day"),
        pytest.param("春节：2月5日至3月5日放假。", "春节：2月5日至3月5日的起止不对", id="too long"),
        pytest.param("春节：2月8日至5日放假。", "春节：2月8日至2月5日的起止不对", id="backwards"),
        pytest.param("元旦：1月1日放假。1月1日上班。", "元旦：1月1日出现了两次", id="both"),
        pytest.param("各单位要安排好值班。", "没有读到放假或上班的日期", id="nothing in it"),
        pytest.param("", "没有读到放假或上班的日期", id="empty"),
    ],
)
def test_what_does_not_agree_is_said(text, problem):
    assert problem in "；".join(read_notice(text, year=2027).problems)


@pytest.mark.parametrize(
    "text",
    ["元旦、春节期间要加强值班。", "2026年11月4日", "自1月1日起施行。", "请于1月5日前报送放假值班表"],
)
def test_other_sentences_declare_no_day(text):
    assert read_notice(text, year=2027).days == {}
