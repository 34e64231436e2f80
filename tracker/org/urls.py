"""URLs."""

from django.urls import path

from tracker.org import views

app_name = "org"
urlpatterns = [
    path("", views.settings, name="settings"),
    # departments
    path("departments/", views.departments, name="departments"),
    path("departments/new/", views.department, name="department-new"),
    path("departments/order/", views.order, name="order"),
    path("departments/<int:pk>/", views.department, name="department"),
    path("groups/", views.groups, name="groups"),
    path("groups/new/", views.group, name="group-new"),
    path("groups/<int:pk>/", views.group, name="group"),
    path("groups/<int:pk>/delete/", views.group_delete, name="group-delete"),
    # people
    path("people/", views.people, name="people"),
    path("people/new/", views.person, name="person-new"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/password/", views.password, name="password"),
    # days
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/<int:pk>/delete/", views.day_delete, name="day-delete"),
    path("terms/", views.terms, name="terms"),
    path("terms/new/", views.term, name="term-new"),
    path("terms/<int:pk>/", views.term, name="term"),
    path("terms/<int:pk>/delete/", views.term_delete, name="term-delete"),
]
