"""When people may be disturbed."""

from datetime import datetime

from django.utils import timezone

from tracker.notices.models import NoticeSettings
from tracker.org.workdays import WorkCalendar


def in_hours(moment: datetime, office: NoticeSettings, calendar: WorkCalendar) -> bool:
    """Whether something may go out at `moment`: on a working day, between the set hours."""
    local = timezone.localtime(moment)
    return calendar.is_workday(local.date()) and office.hours_from <= local.time() < office.hours_until


def digest_is_due(moment: datetime, office: NoticeSettings, calendar: WorkCalendar) -> bool:
    """Whether today's digest may be made: from its time on, and not after hours."""
    local = timezone.localtime(moment)
    early = local.time() < office.digest_at
    return office.digest_on and not early and in_hours(moment, office, calendar)
