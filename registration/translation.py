"""Which texts of registration exist in every language of the site."""

from modeltranslation.translator import TranslationOptions, register

from registration.models import RegistrationType


@register(RegistrationType)
class RegistrationTypeTranslation(TranslationOptions):
    fields = ["name", "description"]
