"""First words of addresses that no edition may take."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

KEPT_FOR_LATER = {
    "api",
    "upload",
    "my",
    "organisations",
    "media",
    "static",
    "news",
    "feed",
    "library",
    "publications",
}


def reserved_words() -> set[str]:
    """Every language code and every fixed first word of the URLconf."""
    from conference.urls import fixed_first_words

    return KEPT_FOR_LATER | {code for code, _name in settings.LANGUAGES} | fixed_first_words()


def refuse_reserved_slug(slug: str) -> None:
    if slug.lower() in reserved_words():
        raise ValidationError(
            _("“%(slug)s” is an address of the site itself. Choose another."), params={"slug": slug}
        )
