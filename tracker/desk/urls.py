"""URLs."""

from django.urls import path

from tracker.desk import views

app_name = "desk"
urlpatterns = [path("", views.home, name="home")]
