from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SessionsConfig(AppConfig):
    """The programme. Its label keeps clear of django.contrib.sessions."""

    name = "sessions"
    label = "conference_sessions"
    verbose_name = _("Programme")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from conference.accounts.closing import BEFORE_CLOSING
        from conference.changes import AFTER_EDITION_CHANGE, AFTER_ORGANISATION_CHANGE, AFTER_THEME_CHANGE
        from conference.metrics import SOURCES as FIGURES
        from sessions import automatic_mails  # noqa: F401 # they register themselves
        from sessions.library.index import reindex, remove
        from sessions.library.renamed import reindex_edition, reindex_organisation, reindex_theme
        from sessions.lists_in import speakers  # noqa: F401 # long lists
        from sessions.running import previews
        from sessions.services.importing import bringing_in  # noqa: F401 # long work
        from sessions.services.leaving_stage import leave_stage
        from sessions.services.practices import take_name_away
        from speakers.changes import AFTER_CHANGE, BEFORE_DELETING

        AFTER_CHANGE.append(reindex)
        FIGURES.append(previews)
        BEFORE_DELETING.append(remove)
        AFTER_THEME_CHANGE.append(reindex_theme)
        AFTER_EDITION_CHANGE.append(reindex_edition)
        AFTER_ORGANISATION_CHANGE.append(reindex_organisation)
        BEFORE_CLOSING.extend([take_name_away, leave_stage])
