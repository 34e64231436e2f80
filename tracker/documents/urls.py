"""URLs."""

from django.urls import path

from tracker.documents import template_views, views

app_name = "documents"
urlpatterns = [
    path("", views.document_list, name="list"),
    path("new/", views.new, name="new"),
    path("pick/", views.pick, name="pick"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/again/", views.again, name="again"),
    path("<int:pk>/file/", views.download, name="file"),
    path("<int:pk>/annex/", views.download, {"annex": True}, name="annex"),
    # the office's own templates
    path("templates/", template_views.template_list, name="templates"),
    path("templates/<slug:kind>/", template_views.template, name="template"),
    path("templates/<slug:kind>/sample/", template_views.sample, name="sample"),
    path("templates/<slug:kind>/current/", template_views.current, name="template-file"),
    path("templates/<slug:kind>/restore/", template_views.restore, name="restore"),
]
