"""What beat rings for exists, and a bell nobody heard is forgotten before the next."""

import pytest
from django.conf import settings

from tracker.celery import app
from tracker.notices import celery_tasks

ENTRIES = {name: entry for name, entry in settings.CELERY_BEAT_SCHEDULE.items() if name.startswith("notice-")}


@pytest.mark.parametrize("name", sorted(ENTRIES))
def test_an_entry_names_a_task_and_expires_before_the_next(name):
    app.loader.import_default_modules()
    entry = ENTRIES[name]
    assert entry["task"] in app.tasks
    assert entry["options"]["expires"] < entry["schedule"]


def test_one_sender_is_woken_for_each_channel(monkeypatch):
    woken = []
    monkeypatch.setattr(celery_tasks.delivering, "sweep", lambda: None)
    monkeypatch.setattr(celery_tasks.delivering, "due_channels", lambda: [3, 5])
    monkeypatch.setattr(celery_tasks.send_channel, "apply_async", lambda args, expires: woken.append(args))
    assert celery_tasks.send_due() == 2
    assert woken == [(3,), (5,)]
