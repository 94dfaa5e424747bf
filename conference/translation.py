"""Which texts of organisers exist in every language of the site."""

from modeltranslation.translator import TranslationOptions, register

from conference.models import (
    Edition,
    EditionOrganisation,
    NewsItem,
    Page,
    PartOf,
    Room,
    Series,
    Site,
    Theme,
    Venue,
)
from conference.tracked import track_ground_floor


@register(Series)
class SeriesTranslation(TranslationOptions):
    fields = ["title", "subtitle", "description"]


@register(Theme)
class ThemeTranslation(TranslationOptions):
    fields = ["title", "description"]


@register(Edition)
class EditionTranslation(TranslationOptions):
    fields = ["title", "short_title", "subtitle", "summary", "introduction", "city"]


@register(EditionOrganisation)
class EditionOrganisationTranslation(TranslationOptions):
    fields = ["disclaimer"]


@register(Site)
class SiteTranslation(TranslationOptions):
    fields = ["name", "legal_notice"]


@register(PartOf)
class PartOfTranslation(TranslationOptions):
    fields = ["title"]


@register(Page)
class PageTranslation(TranslationOptions):
    fields = ["title", "body"]


@register(NewsItem)
class NewsItemTranslation(TranslationOptions):
    fields = ["title", "summary", "body", "picture_description"]


@register(Venue)
class VenueTranslation(TranslationOptions):
    fields = ["name", "travel_note"]


@register(Room)
class RoomTranslation(TranslationOptions):
    fields = ["name", "description"]


track_ground_floor()  # only now: their columns in every language are there
