"""URLs."""

from django.urls import path

from tracker.meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.meeting_list, name="list"),
    path("plan/", views.plan, name="plan"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/plan/", views.plan, name="edit"),
    path("<int:pk>/close/", views.close, name="close"),
    path("<int:pk>/present/", views.present, name="present"),
    path("<int:pk>/items/<int:item_pk>/proposal/", views.save_proposal, name="propose"),
    path("<int:pk>/items/<int:item_pk>/ruling/", views.rule, name="rule"),
]
