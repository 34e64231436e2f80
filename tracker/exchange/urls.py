"""URLs."""

from django.urls import path

from tracker.exchange import views

app_name = "exchange"
urlpatterns = [
    path("import/", views.imports, name="imports"),
    path("import/<int:pk>/", views.import_job, name="import"),
    path("import/<int:pk>/progress/", views.import_progress, name="import-progress"),
    path("import/<int:pk>/write/", views.import_write, name="import-write"),
    path("import/<int:pk>/refused/", views.refused, name="refused"),
    path("history/<int:pk>/", views.history, name="history"),
    path("export/", views.export_start, name="export-start"),
    path("export/<int:pk>/", views.export_job, name="export"),
    path("export/<int:pk>/progress/", views.export_progress, name="export-progress"),
    path("export/<int:pk>/file/", views.export_file, name="export-file"),
]
