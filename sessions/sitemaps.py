"""Public sessions, workshops and presentations for search engines."""

from django.db.models import QuerySet

from conference.sitemaps import DatedSitemap
from conference.viewer import ANONYMOUS
from sessions.models import Kind, Presentation, Session


class SessionSitemap(DatedSitemap):
    def items(self) -> QuerySet[Session]:
        sessions = Session.objects.published().exclude(kind=Kind.BREAK)
        return sessions.select_related("edition").order_by("pk")


class PresentationSitemap(DatedSitemap):
    def items(self) -> QuerySet[Presentation]:
        return Presentation.objects.listed_to(ANONYMOUS).order_by("pk")
