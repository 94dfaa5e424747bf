"""The door gunicorn opens; what every page needs is loaded here, once, before it splits into its workers."""

import atexit
import gc
import os
import shutil
import sys
import tempfile

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")


def share_figures() -> None:
    """A folder in which all processes of this server count, before the first of them does; it goes with the server."""
    folder, owner = tempfile.mkdtemp(prefix="conference-figures-"), os.getpid()
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    atexit.register(forget_figures, folder, owner)


def forget_figures(folder: str, owner: int) -> None:
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


share_figures()
application = get_wsgi_application()


def load_pages() -> None:
    """All views, every language and the frame of every page: a worker then answers as soon as it is there."""
    from django.conf import settings
    from django.template.loader import get_template
    from django.urls import reverse
    from django.utils import translation

    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            reverse("conference:home")
    get_template("base.html")


load_pages()
gc.collect()
gc.freeze()  # what is loaded stays, and is shared by the workers: nobody need look through it for waste again

# Whoever waits for the database holds locks that others wait for: it goes on as soon as its answer is there, and
# not when the next thread has counted five milliseconds.
sys.setswitchinterval(0.0005)
