"""Which texts of the programme exist in every language of the site."""

from modeltranslation.translator import TranslationOptions, register

from sessions.models import Competence, Session, SessionType, Slot, Topic, Track, Workshop


@register(SessionType)
class SessionTypeTranslation(TranslationOptions):
    fields = ["name"]


@register(Track)
class TrackTranslation(TranslationOptions):
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
