"""URLs."""

from django.urls import path

from tracker.items.views import (
    acting,
    attachments,
    bulk,
    detail,
    edit,
    ledger,
    merging,
    mine,
    parts,
    recycle,
    registering,
    requests,
    saved,
)

app_name = "items"
urlpatterns = [
    # the list
    path("", ledger.ledger, name="ledger"),
    path("export/", ledger.export, name="export"),
    path("bulk/", bulk.bulk_action, name="bulk"),
    path("bulk/<int:pk>/", bulk.bulk_change, name="bulk-change"),
    path("bulk/<int:pk>/continue/", bulk.bulk_continue, name="bulk-continue"),
    path("bulk/<int:pk>/undo/", bulk.bulk_undo, name="bulk-undo"),
    path("views/", saved.save, name="view-save"),
    path("views/<int:pk>/", saved.change, name="view-change"),
    path("columns/", saved.columns, name="columns"),
    path("department/<int:pk>/", ledger.department, name="department"),
    path("mine/", mine.mine, name="mine"),
    path("merge/<int:pk>/", merging.merge_department, name="merge"),
    path("bin/", recycle.recycle_bin, name="bin"),
    # one item
    path("new/", registering.create, name="create"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/edit/", edit.edit, name="edit"),
    path("<int:pk>/move/<slug:name>/", acting.move, name="move"),
    path("<int:pk>/report/", acting.report, name="report"),
    path("<int:pk>/no-change/", acting.no_change, name="no-change"),
    path("<int:pk>/instruct/", acting.instruct, name="instruct"),
    path("<int:pk>/ask/", requests.ask, name="ask"),
    path("<int:pk>/split/", parts.split, name="split"),
    path("<int:pk>/attach/", attachments.attach, name="attach"),
    path("<int:pk>/discard/", recycle.discard, name="discard"),
    path("<int:pk>/restore/", recycle.restore, name="restore"),
    # what belongs to an item
    path("extensions/<int:pk>/review/", requests.review, name="extension-review"),
    path("extensions/<int:pk>/decide/", requests.decide, name="extension-decide"),
    path("extensions/<int:pk>/recall/", requests.recall, name="extension-recall"),
    path("parts/<int:pk>/<slug:name>/", parts.act, name="part-act"),
    path("attachments/<int:pk>/", attachments.download, name="attachment"),
]
