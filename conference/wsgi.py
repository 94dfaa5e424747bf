"""The door gunicorn opens; what every page needs is loaded here, once, before it splits into its workers."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")
application = get_wsgi_application()


def load_pages() -> None:
    """All views, both languages and the frame of every page: a worker then answers as soon as it is there."""
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
