"""The pages of speech, item, ledger and meeting lead to their documents."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories import CandidateFactory, MeetingFactory, SpeechFactory
from tracker.meetings.rulings import close_meeting

NEW = "/documents/new/"


def page(client, url) -> str:
    return client.get(url).content.decode()


def test_an_item_leads_to_its_documents(as_officer, ledger):
    assert f"{NEW}?items={ledger['late'].pk}" in page(as_officer, ledger["late"].get_absolute_url())


def test_a_selection_of_the_ledger_leads_to_documents(as_officer, ledger):
    assert f'formaction="{reverse("documents:pick")}"' in page(as_officer, reverse("items:ledger"))


def test_a_reviewed_speech_leads_to_its_table(as_officer, ledger):
    speech = SpeechFactory()
    CandidateFactory(
        speech=speech, start=0, end=14, item=ledger["late"], status="accepted", decided_at=timezone.now()
    )
    assert f"{NEW}?kind=breakdown&amp;speech={speech.pk}" in page(as_officer, speech.get_absolute_url())


@pytest.mark.parametrize(("closed", "kinds"), [(False, {"report"}), (True, {"report", "minutes"})])
def test_a_meeting_leads_to_its_papers(as_officer, officer, ledger, closed, kinds):
    meeting = MeetingFactory(held_at=timezone.now(), number=3)
    if closed:
        close_meeting(meeting=meeting, by=officer)
    text = page(as_officer, meeting.get_absolute_url())
    found = {kind for kind in ("report", "minutes") if f"{NEW}?kind={kind}&amp;meeting={meeting.pk}" in text}
    assert found == kinds


def test_a_department_finds_its_application_form(as_liaison, ledger):
    link = f"{NEW}?kind=extension&amp;items={ledger['late'].pk}"
    assert link in page(as_liaison, ledger["late"].get_absolute_url())
