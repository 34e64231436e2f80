"""Rows for tests, with invented names."""

import hashlib
from datetime import date

import factory
from factory.django import DjangoModelFactory

from speeches.models import Candidate, Speech
from tracker.items.models import ActionItem
from tracker.items.states import Status
from tracker.meetings.models import Meeting
from tracker.org.models import Department, Membership, Person


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department

    name = factory.Sequence(lambda n: f"第{n}业务科")
    position = factory.Sequence(lambda n: n + 1)


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    name = factory.Sequence(lambda n: f"职员{n}")

    @factory.post_generation
    def roles(self, create, extracted, **kwargs):
        """roles=["officer", ("liaison", department)]"""
        for role in extracted or ():
            name, department = role if isinstance(role, tuple) else (role, None)
            Membership.objects.create(person=self, role=name, department=department)


class ActionItemFactory(DjangoModelFactory):
    class Meta:
        model = ActionItem
        skip_postgeneration_save = True

    number_year = 2026
    number_seq = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"完成第{n}批校舍维修项目验收")
    status = Status.IN_PROGRESS
    lead = factory.SubFactory(DepartmentFactory)
    issued_on = date(2026, 3, 2)
    original_due = factory.SelfAttribute("due")
    due = date(2026, 4, 30)
    feedback_cycle = "once"

    @factory.post_generation
    def supporting(self, create, extracted, **kwargs):
        """supporting=[department, ...]"""
        self.supporting.set(extracted or ())


class SpeechFactory(DjangoModelFactory):
    class Meta:
        model = Speech

    title = factory.Sequence(lambda n: f"在全区第{n}次工作推进会上的讲话")
    speaker = "秦望舒"
    held_on = date(2026, 4, 10)
    file_name = "讲话.txt"
    file = "speeches/none.txt"
    sha256 = factory.LazyAttribute(lambda speech: hashlib.sha256(speech.title.encode()).hexdigest())
    state = Speech.State.DONE
    body = "四月底前，办公室要完成清单。各科室要认真对待。"


class CandidateFactory(DjangoModelFactory):
    class Meta:
        model = Candidate

    speech = factory.SubFactory(SpeechFactory)
    start = factory.Sequence(lambda n: n * 20)
    end = factory.LazyAttribute(lambda candidate: candidate.start + 14)
    title = factory.Sequence(lambda n: f"完成第{n}项清单")
    quote = "四月底前，办公室要完成清单。"


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = Meeting

    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda meeting: f"第{meeting.number}次局务例会")
