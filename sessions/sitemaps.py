"""Public sessions, workshops and presentations for search engines."""

from django.db.models import QuerySet

from conference.addresses import address
from conference.models import Organisation
from conference.sitemaps import DatedSitemap, PublicSitemap
from conference.viewer import ANONYMOUS
from sessions.models import Kind, Presentation, Session


class SessionSitemap(DatedSitemap):
    def items(self) -> QuerySet[Session]:
        sessions = Session.objects.published().exclude(kind=Kind.BREAK)
        return sessions.select_related("edition").order_by("pk")


class PresentationSitemap(DatedSitemap):
    def items(self) -> QuerySet[Presentation]:
        return Presentation.objects.listed_to(ANONYMOUS).order_by("pk")


class OrganisationSitemap(PublicSitemap):
    """Those whose people stand in a public programme."""

    def items(self) -> QuerySet[Organisation]:
        presenting = {
            "appearances__session__status": Session.Status.PUBLISHED,
            "appearances__session__edition__is_published": True,
        }
        return Organisation.objects.filter(**presenting).order_by("pk").distinct()

    def location(self, item: Organisation) -> str:
        return address("sessions:organisation", item.slug)
