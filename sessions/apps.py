from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """The programme. Its label keeps clear of django.contrib.sessions."""

    name = "sessions"
    label = "conference_sessions"
    verbose_name = _("Programme")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from sessions.library.index import reindex
        from speakers.changes import AFTER_CHANGE

        AFTER_CHANGE.append(reindex)
