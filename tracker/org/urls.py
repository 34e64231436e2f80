"""URLs."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from tracker.org.views import days, departments, office, people, roster


class _Way(StringConverter):
    """Up or down the official order."""

    regex = "up|down"


register_converter(_Way, "way")

app_name = "org"
urlpatterns = [
    path("", office.settings, name="settings"),
    # departments
    path("departments/", departments.departments, name="departments"),
    path("departments/new/", departments.department, name="department-new"),
    path("departments/order/", departments.order, name="order"),
    path("departments/<int:pk>/", departments.department, name="department"),
    path("departments/<int:pk>/move/<way:way>/", departments.move, name="department-move"),
    path("groups/", departments.groups, name="groups"),
    path("groups/new/", departments.group, name="group-new"),
    path("groups/<int:pk>/", departments.group, name="group"),
    path("groups/<int:pk>/delete/", departments.group_delete, name="group-delete"),
    # people
    path("people/", people.people, name="people"),
    path("people/new/", people.person, name="person-new"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/password/", people.password, name="password"),
    # departments and people by Excel
    path("roster/", roster.roster, name="roster"),
    path("roster/import/", roster.roster_import, name="roster-import"),
    path("roster/refused/", roster.roster_refused, name="roster-refused"),
    path("roster/export/", roster.roster_export, name="roster-export"),
    # days
    path("calendar/", days.calendar, name="calendar"),
    path("calendar/notice/", days.notice, name="notice"),
    path("calendar/<int:pk>/delete/", days.day_delete, name="day-delete"),
    path("terms/", office.terms, name="terms"),
    path("terms/new/", office.term, name="term-new"),
    path("terms/<int:pk>/", office.term, name="term"),
    path("terms/<int:pk>/delete/", office.term_delete, name="term-delete"),
]
