"""Which texts of registration exist in every language of the site."""

from modeltranslation.translator import TranslationOptions, register

from registration.models import (
    CertificateRule,
    FeedbackQuestion,
    Group,
    Question,
    QuestionOption,
    RegistrationType,
    Round,
)
from registration.tracked import track_registration


@register(RegistrationType)
class RegistrationTypeTranslation(TranslationOptions):
    fields = ["name", "description", "fee_text"]


@register(Question)
class QuestionTranslation(TranslationOptions):
    fields = ["label", "help_text", "purpose"]


@register(QuestionOption)
class QuestionOptionTranslation(TranslationOptions):
    fields = ["label"]


@register(FeedbackQuestion)
class FeedbackQuestionTranslation(TranslationOptions):
    fields = ["label", "options"]


@register(Round)
class RoundTranslation(TranslationOptions):
    fields = ["name"]


@register(Group)
class GroupTranslation(TranslationOptions):
    fields = ["name"]


@register(CertificateRule)
class CertificateRuleTranslation(TranslationOptions):
    fields = ["text", "signed_as"]


track_registration()  # only now: their columns in every language are there
