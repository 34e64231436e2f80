"""URLs."""

from django.urls import path

from tracker.items.views import bulk, detail, edit, ledger, merging, mine, saved

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
    # one item
    path("new/", detail.create, name="create"),
    path("<int:pk>/", detail.detail, name="detail"),
    path("<int:pk>/edit/", edit.edit, name="edit"),
    path("<int:pk>/move/<slug:name>/", detail.move, name="move"),
    path("<int:pk>/report/", detail.report, name="report"),
    path("<int:pk>/no-change/", detail.no_change, name="no-change"),
]
