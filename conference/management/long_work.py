"""What takes longer than mail may wait: tasks that somebody asked for, and previews of what was uploaded."""

from conference.models import Task
from conference.tasks import run_due
from sessions.previews.making import is_due as is_preview_due
from sessions.previews.making import make_due


def is_long_work_due() -> bool:
    return Task.objects.due().exists() or is_preview_due()


def do_long_work() -> None:
    """Tasks first: somebody is waiting for them."""
    run_due()
    make_due(between=run_due)
