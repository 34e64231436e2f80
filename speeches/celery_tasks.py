"""What the workers run. Messages carry ids only; the speech's row is the job."""

from celery import shared_task
from celery.signals import worker_process_init

from speeches import jobs
from speeches.extraction.segment import tokenizer


@worker_process_init.connect
def warm_up(**_sent: object) -> None:
    """Load the tokenizer's dictionary at the start, so that no speech waits for it."""
    tokenizer()


@shared_task(name="speeches.celery_tasks.extract_speech")
def extract_speech(pk: int) -> str:
    """Extract one speech, if nobody else does."""
    return jobs.extract_speech(pk)


@shared_task(name="speeches.celery_tasks.sweep_speeches")
def sweep_speeches() -> int:
    """Send out again what nobody works on. Beat calls it."""
    return jobs.sweep()
