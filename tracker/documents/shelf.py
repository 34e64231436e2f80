"""The templates: the office's own where there is one, else the shipped sample."""

from pathlib import Path

from django.core.files.base import ContentFile
from django.db import transaction

from tracker.documents.checking import check_template
from tracker.documents.kinds import Form
from tracker.documents.models import DocumentTemplate
from tracker.org.models import Person

SHIPPED = Path(__file__).resolve().parent / "forms"


def shipped(form: Form) -> bytes:
    """The sample of a form."""
    return (SHIPPED / f"{form.kind.value}.docx").read_bytes()


def current(form: Form) -> DocumentTemplate | None:
    """The office's own template of a form."""
    return DocumentTemplate.objects.filter(kind=form.kind, is_current=True).first()


def template_of(form: Form) -> bytes:
    """What a document of this form is filled into; nothing for Excel."""
    if not form.has_template:
        return b""
    own = current(form)
    if own is None:
        return shipped(form)
    with own.file.open("rb") as file:
        return bytes(file.read())


def replace(form: Form, content: bytes, *, name: str, by: Person) -> DocumentTemplate:
    """Take an upload into use. Raises `BrokenTemplate`, and then the old one stays."""
    check_template(form, content)
    with transaction.atomic():
        DocumentTemplate.objects.filter(kind=form.kind, is_current=True).update(is_current=False)
        row = DocumentTemplate(kind=form.kind, file_name=name[:200], uploaded_by=by)
        row.file.save(f"{form.kind.value}.docx", ContentFile(content), save=False)
        row.save()
    return row


def restore(form: Form) -> bool:
    """Use the shipped sample again; False when it is in use already."""
    return bool(DocumentTemplate.objects.filter(kind=form.kind, is_current=True).update(is_current=False))
