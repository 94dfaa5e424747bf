"""The worker's child that does long tasks and makes previews, so that mail never waits for them."""

import os
import subprocess
import sys

from django.conf import settings

from conference.management.long_work import is_long_work_due
from conference.management.processes import PATIENCE, start


class TaskProcess:
    """Started when something waits and nothing runs; one at a time."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def look(self) -> None:
        if self.process and self.process.poll() is None:
            return
        if is_long_work_due():
            manage = str(settings.BASE_DIR / "manage.py")
            self.process = start([sys.executable, manage, "run_tasks"], os.environ)

    def stop(self) -> None:
        """The task that runs is begun anew by the next worker."""
        if not self.process:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE / 2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
