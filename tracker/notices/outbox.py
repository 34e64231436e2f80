"""Writing messages down, each at most once, with their deliveries. Nothing is sent here."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from tracker.items.models import ActionItem
from tracker.notices.models import Channel, Delivery, Message, NoticeSettings
from tracker.org import clock
from tracker.org.models import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message to be written: to a person, or to the group of a robot."""

    kind: Message.Kind
    subject: str
    text: str = ""
    person: Person | None = None
    channel: Channel | None = None
    item: ActionItem | None = None
    variant: str = ""


def post_all(drafts: Iterable[Draft]) -> int:
    """Write what has not been written today. Returns how many are new."""
    office = NoticeSettings.current()
    mail = Channel.objects.usable().filter(kind=Channel.Kind.EMAIL).first()
    return sum(_post(draft, mail=mail, office=office) for draft in drafts)


def _post(draft: Draft, *, mail: Channel | None, office: NoticeSettings) -> bool:
    """The unique row is the claim: whoever writes it owns the telling."""
    try:
        with transaction.atomic():
            message = Message.objects.create(
                person=draft.person, channel=draft.channel, kind=draft.kind, variant=draft.variant, item=draft.item,
                day=clock.today(), subject=draft.subject[:260], text=draft.text,
            )  # fmt: skip
            if way := _way_out(draft, mail, office):
                Delivery.objects.create(message=message, channel=way)
    except IntegrityError:
        return False
    return True


def _way_out(draft: Draft, mail: Channel | None, office: NoticeSettings) -> Channel | None:
    if draft.channel:
        return draft.channel
    wanted = draft.kind == Message.Kind.DIGEST or office.events_by_mail
    return mail if draft.person and draft.person.email and wanted else None
