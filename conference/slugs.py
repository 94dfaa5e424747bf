"""First words of addresses that no edition may take, and the word that the administration was given."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

ADMIN = "admin"  # where the administration stands, unless ADMIN_PATH says otherwise

KEPT_FOR_LATER = {
    ADMIN,  # also when it stands elsewhere: nobody else answers there
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

    words = KEPT_FOR_LATER | {code for code, _name in settings.LANGUAGES} | fixed_first_words()
    return {word.lower() for word in words}


def refuse_reserved_slug(slug: str) -> None:
    if slug.lower() in reserved_words() or means_a_language(slug):
        raise ValidationError(
            _("“%(slug)s” is an address of the site itself. Choose another."), params={"slug": slug}
        )


def means_a_language(word: str) -> bool:
    """As Django reads the first word of an address, “de-2027” asks for the site in German."""
    return get_language_from_path(f"/{word}/") not in (None, settings.LANGUAGE_CODE)


def admin_is_known() -> bool:
    """Whether it stands where everybody looks for it. A path that was chosen is told to staff only."""
    return settings.ADMIN_PATH == ADMIN


def admin_path_is_taken() -> bool:
    """Whether other pages of the site begin with this word too, or are in the language that it names."""
    from conference.urls import first_words

    path = settings.ADMIN_PATH.lower()
    kept = KEPT_FOR_LATER - {ADMIN} | {code for code, _name in settings.LANGUAGES}
    is_shared = [word.lower() for word in first_words()].count(path) > 1
    return path in kept or is_shared or means_a_language(path)
