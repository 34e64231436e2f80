"""URLs."""

from django.urls import path

from tracker.stats import views

app_name = "stats"
urlpatterns = [
    path("", views.table, name="table"),
    path("items/", views.items, name="items"),
    path("export/", views.export, name="export"),
]
