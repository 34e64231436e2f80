"""What the workers run. Messages carry ids only; the document's row is the job."""

from celery import shared_task

from tracker.documents import jobs


@shared_task(name="tracker.documents.celery_tasks.make_document")
def make_document(pk: int) -> str:
    """Make one document, if nobody else does."""
    return jobs.produce(pk)


@shared_task(name="tracker.documents.celery_tasks.sweep_documents")
def sweep_documents() -> int:
    """Send out again what nobody works on, and clear away files whose time is over. Beat calls it."""
    return jobs.sweep()
