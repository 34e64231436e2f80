"""URLs."""

from django.urls import path

from tracker.meetings.views import planning, prepare, present

app_name = "meetings"
urlpatterns = [
    path("", planning.meeting_list, name="list"),
    path("plan/", planning.plan, name="plan"),
    path("series/new/", planning.series, name="series-new"),
    path("series/<int:pk>/", planning.series, name="series"),
    # one meeting
    path("<int:pk>/", prepare.detail, name="detail"),
    path("<int:pk>/plan/", planning.plan, name="edit"),
    path("<int:pk>/add/", prepare.add, name="add"),
    path("<int:pk>/ask/", prepare.ask, name="ask"),
    path("<int:pk>/close/", prepare.close, name="close"),
    path("<int:pk>/note/", prepare.note, name="note"),
    path("<int:pk>/items/<int:item_pk>/proposal/", prepare.save_proposal, name="propose"),
    path("<int:pk>/items/<int:item_pk>/arrange/<slug:how>/", prepare.arrange, name="arrange"),
    # the projector
    path("<int:pk>/present/", present.present, name="present"),
    path("<int:pk>/present/new-item/", present.hand_out, name="new-item"),
    path("<int:pk>/items/<int:item_pk>/ruling/", present.rule, name="rule"),
    path("<int:pk>/items/<int:item_pk>/ruling/take-back/", present.take_back, name="take-back"),
]
