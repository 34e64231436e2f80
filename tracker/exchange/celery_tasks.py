"""What the workers run. Messages carry ids only; the row is the job."""

from celery import shared_task

from tracker.exchange import jobs


@shared_task(name=jobs.IMPORT)
def run_import(pk: int) -> str:
    """Check or write one import."""
    return jobs.run_import(pk)


@shared_task(name=jobs.EXPORT)
def run_export(pk: int) -> str:
    """Make one export."""
    return jobs.run_export(pk)


@shared_task(name="tracker.exchange.celery_tasks.sweep_exchange")
def sweep_exchange() -> int:
    """Send out again what nobody works on. Beat calls it."""
    return jobs.sweep()
