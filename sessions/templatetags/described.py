"""How a presentation is described, cited, and told to machines."""

from django import template
from django.utils.safestring import SafeString

from conference.linked_data import block
from conference.viewer import ANONYMOUS, Viewer
from sessions.access import Access, access_of
from sessions.library.facts import Fact, facts_about
from sessions.library.learning_data import learning_data
from sessions.library.publication_data import publication_data
from sessions.models import Presentation
from sessions.publications.source import Book

register = template.Library()


@register.filter
def described(presentation: Presentation) -> list[Fact]:
    return facts_about(presentation)


@register.simple_tag
def presentation_data(presentation: Presentation, access: Access, viewer: Viewer) -> SafeString:
    """The same whoever looks: what everybody may know of it."""
    of_everybody = access if viewer.user_id is None else access_of(presentation, ANONYMOUS)
    return block(learning_data(presentation, of_everybody))


@register.simple_tag
def book_data(book: Book) -> SafeString:
    return block(publication_data(book))
