"""New presentations as an Atom feed (RFC 4287): of the whole library, or of one edition.

In:  presentations that everybody may know of, the newest first, with their current file and credits.
Out: bytes; an entry for each, known again by its guid (RFC 4122), with what its page says before the gate.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from conference import markdown
from conference.feeds import DatedFeed, plain, whole
from conference.models import Edition
from conference.templatetags.texts import shown
from conference.viewer import ANONYMOUS
from sessions.models import Presentation
from sessions.models.presentation import PresentationQuerySet

IN_FEED = 50


def newest(edition: Edition | None = None) -> PresentationQuerySet:
    """What everybody may know of, by the moment its public file was approved."""
    listed = Presentation.objects.listed_to(ANONYMOUS)
    if edition:
        listed = listed.filter(edition=edition)
    approved_at = Coalesce("current_file__decided_at", "current_file__created_at")
    found = listed.annotate(public_since=approved_at).order_by("-public_since", "-pk")
    return found.select_related("current_file").prefetch_related("credits__speaker")[:IN_FEED]  # type: ignore[return-value]


def write(
    presentations: Iterable[Presentation], language: str, made_at: datetime, edition: Edition | None = None
) -> bytes:
    if edition:
        name = plain(shown(edition, "short_title")[0])
        title = _("%(edition)s: new presentations") % {"edition": name}
        link = whole(reverse("sessions:presentations", args=[edition.slug]))
        url = whole(reverse("sessions:presentation_feed", args=[edition.slug]))
    else:
        title, link = _("New presentations in the library"), whole(reverse("sessions:library"))
        url = whole(reverse("sessions:library_feed"))
    feed = DatedFeed(
        title=title, link=link, description="", feed_url=url, feed_guid=uuid5(NAMESPACE_URL, url).urn,
        language=language, made_at=made_at, author_name=plain(name) if edition else settings.SITE_URL,
    )  # fmt: skip
    for one in presentations:
        authors = ", ".join(credit.public_name for credit in one.credits.all())
        feed.add_item(
            title=plain(one.title),
            link=whole(one.get_absolute_url()),
            unique_id=one.guid.urn,
            pubdate=one.public_since,  # type: ignore[attr-defined] # annotated
            updateddate=one.public_since,  # type: ignore[attr-defined]
            description=plain(str(markdown.to_html(one.description))),
            author_name=plain(authors) or None,
        )
    return feed.writeString("utf-8").encode()
