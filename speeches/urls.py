"""URLs."""

from django.urls import URLPattern

app_name = "speeches"
urlpatterns: list[URLPattern] = []
