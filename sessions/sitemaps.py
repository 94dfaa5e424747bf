"""Public sessions, workshops and presentations for search engines."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from conference.addresses import address
from conference.models import Organisation
from conference.sitemaps import DatedSitemap, PublicSitemap
from conference.viewer import ANONYMOUS
from sessions.models import Kind, Presentation, Publication, Session, Topic


class SessionSitemap(DatedSitemap):
    def items(self) -> QuerySet[Session]:
        sessions = Session.objects.published().exclude(kind=Kind.BREAK)
        return sessions.select_related("edition").order_by("pk")


class PresentationSitemap(DatedSitemap):
    def items(self) -> QuerySet[Presentation]:
        return Presentation.objects.listed_to(ANONYMOUS).select_related("edition").order_by("pk")


class LibrarySitemap(PublicSitemap):
    def items(self) -> list[str]:
        return ["sessions:library", "sessions:publications"]

    def location(self, item: str) -> str:
        return reverse(item)


class TopicSitemap(PublicSitemap):
    """Those that something public is about."""

    def items(self) -> QuerySet[Topic]:
        of_presentations = Presentation.objects.listed_to(ANONYMOUS).values("pk")
        of_sessions = Session.objects.published().exclude(kind=Kind.BREAK).values("pk")
        about = Q(presentations__in=of_presentations) | Q(sessions__in=of_sessions)
        return Topic.objects.filter(about).order_by("pk").distinct()


class PublicationSitemap(DatedSitemap):
    def items(self) -> QuerySet[Publication]:
        return Publication.objects.published().order_by("pk")


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
