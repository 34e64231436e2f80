"""The working calendar: a year at a glance, single days, and the official notice of a new year."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tracker.org import directory, forms
from tracker.org.calendar import FIRST_YEAR, LAST_YEAR, today
from tracker.org.holidays import HolidayNotice, read_notice
from tracker.org.models import CalendarDay
from tracker.org.views.access import administrators_only
from tracker.org.workdays import LIBRARY_LAST, is_legal_workday
from tracker.org.yearplan import PlannedDay, planned_day, year_plan

_NOTICE_FROM_MONTH = 11  # the State Council publishes the next year's holidays in November


@administrators_only
def calendar(request: HttpRequest) -> HttpResponse:
    """A year of workdays and days off, and the entry of days that differ here."""
    picked = _picked(request)
    year = picked.day.year if picked else _year(request)
    form = forms.CalendarDayForm(request.POST or None, initial=_initial(picked))
    if request.method == "POST" and form.is_valid():
        days = form.rows()
        directory.declare_days(days)
        messages.success(request, f"已登记{len(days)}天。超期、临期即按新的日历计算。")
        return redirect(_at(days[0].day))
    own = {row.day: row for row in CalendarDay.objects.filter(day__year=year)}
    context = {
        "form": form, "picked": picked, "year": year, "months": year_plan(year, own), "own": own.values(), "today": today(),
        "library_last": LIBRARY_LAST, "is_beyond": year > LIBRARY_LAST, "tab": "calendar", "notice_due": _notice_due(),
        "before": year - 1 if year > FIRST_YEAR else None, "after": year + 1 if year < LAST_YEAR else None,
    }  # fmt: skip
    context["workdays"] = sum(month.workdays for month in context["months"])
    return render(request, "org/calendar.html", context, status=422 if form.is_bound else 200)


def _year(request: HttpRequest) -> int:
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else today().year


def _picked(request: HttpRequest) -> PlannedDay | None:
    """The day that was clicked in the year."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return planned_day(day, CalendarDay.objects.filter(day=day).first())


def _initial(picked: PlannedDay | None) -> dict[str, object]:
    """Whoever clicks a workday wants it free, and the other way round."""
    if picked is None:
        return {}
    note = picked.own.note if picked.own else ""
    return {"day": picked.day, "is_workday": "0" if picked.worked else "1", "note": note}


def _at(day: date) -> str:
    return f"{reverse('org:calendar')}?year={day.year}#m{day.month}"


def _notice_due() -> int | None:
    """The year whose official notice is out, or nearly, and not entered yet."""
    now = today()
    year = now.year + (now.month >= _NOTICE_FROM_MONTH)
    if year <= LIBRARY_LAST or CalendarDay.objects.filter(day__year=year).exists():
        return None
    return year


@administrators_only
@require_POST
def day_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the legal calendar. Gone already is fine."""
    row = CalendarDay.objects.filter(pk=pk).first()
    if row is None:
        return redirect("org:calendar")
    row.delete()
    messages.success(request, f"{row.day.month}月{row.day.day}日的本地登记已取消。")
    return redirect(_at(row.day))


@administrators_only
def notice(request: HttpRequest) -> HttpResponse:
    """Paste the official notice, look at what was read, and enter it."""
    form = forms.NoticeForm(request.POST or None, initial={"year": max(today().year, LIBRARY_LAST) + 1})
    found: HolidayNotice | None = None
    if request.method == "POST" and form.is_valid():
        found = read_notice(form.cleaned_data["text"], year=form.cleaned_data["year"])
        if "confirm" in request.POST and not found.problems:
            return _enter(request, found)
    context = {"form": form, "found": found, "known": _known(found), "tab": "calendar"}
    refused = form.is_bound and (found is None or bool(found.problems))
    return render(request, "org/notice.html", context, status=422 if refused else 200)


def _known(found: HolidayNotice | None) -> bool:
    """Whether the library agrees with the whole notice: then there is nothing to enter."""
    if found is None or found.problems:
        return False
    return all(
        day.year <= LIBRARY_LAST and is_legal_workday(day) == worked
        for day, (worked, _) in found.days.items()
    )


def _enter(request: HttpRequest, found: HolidayNotice) -> HttpResponse:
    rows = [CalendarDay(day=day, is_workday=worked, note=note) for day, (worked, note) in found.days.items()]
    directory.declare_days(rows)
    messages.success(request, f"已按通知登记{len(rows)}天。超期、临期即按新的日历计算。")
    return redirect(f"{reverse('org:calendar')}?year={found.year}")
