"""Which texts of the programme exist in every language of the site."""

from modeltranslation.translator import TranslationOptions, register

from sessions.models import (
    Audience,
    Competence,
    Level,
    Session,
    SessionType,
    Slot,
    Subject,
    Topic,
    Track,
    Workshop,
)
from sessions.tracked import track_programme


@register(SessionType)
class SessionTypeTranslation(TranslationOptions):
    fields = ["name"]


@register(Track)
class TrackTranslation(TranslationOptions):
    fields = ["name"]


@register([Audience, Level, Subject])
class WordTranslation(TranslationOptions):
    fields = ["name"]


@register(Topic)
class TopicTranslation(TranslationOptions):
    fields = ["name"]


@register(Competence)
class CompetenceTranslation(TranslationOptions):
    fields = ["name", "framework"]


@register(Session)
class SessionTranslation(TranslationOptions):
    fields = ["title", "subtitle", "abstract", "description"]


@register(Workshop)
class WorkshopTranslation(TranslationOptions):
    fields = ()  # those of a session


@register(Slot)
class SlotTranslation(TranslationOptions):
    fields = ["title", "room_name"]


track_programme()  # only now: their columns in every language are there
