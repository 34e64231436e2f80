"""The office: departments, people, working calendar."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """Departments, people and roles, the working calendar, school terms."""

    name = "tracker.org"
    label = "org"
    verbose_name = "组织与日历"
