"""The Celery application. Domain rows are the jobs; messages carry only their ids."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
# "task" is a word of the domain here, so the modules are called celery_tasks.
app.autodiscover_tasks(related_name="celery_tasks")
