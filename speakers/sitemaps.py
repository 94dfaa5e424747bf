"""Public pages of speakers for search engines."""

from django.db.models import QuerySet

from conference.sitemaps import DatedSitemap
from speakers.models import Speaker


class SpeakerSitemap(DatedSitemap):
    def items(self) -> QuerySet[Speaker]:
        """Not minors: their pages are for those who follow a link from the programme."""
        return Speaker.objects.on_stage().filter(is_minor=False).order_by("pk")
