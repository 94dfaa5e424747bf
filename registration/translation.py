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
