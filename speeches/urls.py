"""URLs."""

from django.urls import URLPattern, path

from speeches.views import intake, review
from speeches.views.scorecard import scorecard_page
from speeches.views.search import search_page

app_name = "speeches"
urlpatterns: list[URLPattern] = [
    path("", intake.speech_list, name="list"),
    path("scorecard/", scorecard_page, name="scorecard"),
    path("search/", search_page, name="search"),
    path("upload/", intake.upload, name="upload"),
    path("<int:pk>/", intake.detail, name="detail"),
    path("<int:pk>/progress/", intake.progress, name="progress"),
    path("<int:pk>/edit/", intake.edit, name="edit"),
    path("<int:pk>/requeue/", intake.requeue, name="requeue"),
    # the review
    path("<int:pk>/undo/", review.undo_last, name="undo-last"),
    path("<int:pk>/add/", review.add, name="add"),
    path("<int:pk>/dismiss/", review.dismiss, name="dismiss"),
    path("<int:pk>/restore/", review.restore, name="restore"),
    path("<int:pk>/accept-ready/", review.accept_ready, name="accept-ready"),
    path("<int:pk>/finish/", review.finish, name="finish"),
    path("<int:pk>/items/", review.find_items, name="find-items"),
    path("<int:pk>/candidates/<int:candidate>/", review.card, name="card"),
    path("<int:pk>/candidates/<int:candidate>/accept/", review.accept, name="accept"),
    path("<int:pk>/candidates/<int:candidate>/requirement/", review.requirement, name="requirement"),
    path("<int:pk>/candidates/<int:candidate>/reject/", review.reject, name="reject"),
    path("<int:pk>/candidates/<int:candidate>/flag/", review.flag, name="flag"),
    path("<int:pk>/candidates/<int:candidate>/split/", review.split, name="split"),
    path("<int:pk>/candidates/<int:candidate>/merge/", review.merge, name="merge"),
    path("<int:pk>/candidates/<int:candidate>/attach/", review.attach, name="attach"),
    path("<int:pk>/candidates/<int:candidate>/undo/", review.undo, name="undo"),
]
