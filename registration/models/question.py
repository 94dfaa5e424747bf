"""What an organiser asks whoever registers, and what they answered."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Count, IntegerField, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from registration.models.place import Place
from registration.models.registration import Registration
from registration.models.registration_type import RegistrationType


class QuestionQuerySet(models.QuerySet["Question"]):
    def in_use(self) -> Self:
        return self.filter(is_retired=False)


class Question(models.Model):
    class Kind(models.TextChoices):
        SHORT = "short", _("short text")
        LONG = "long", _("long text")
        CHOICE = "choice", _("one of several")
        CHOICES = "choices", _("any of several")
        NUMBER = "number", _("number")
        DATE = "date", _("date")
        COUNTRY = "country", _("country")
        YES_NO = "yes_no", _("yes or no")
        CONSENT = "consent", _("consent")

    WITH_OPTIONS = (Kind.CHOICE, Kind.CHOICES)

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="questions", verbose_name=_("edition"))
    kind = models.CharField(_("kind of answer"), max_length=8, choices=Kind.choices, default=Kind.SHORT)
    label = models.CharField(_("question"), max_length=300)
    help_text = models.CharField(_("explanation"), max_length=500, blank=True)
    is_required = models.BooleanField(_("has to be answered"), default=False)
    is_retired = models.BooleanField(
        _("no longer asked"), default=False, help_text=_("Answers given so far are kept.")
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    types = models.ManyToManyField(
        RegistrationType, related_name="questions", blank=True, verbose_name=_("only for these types"),
        help_text=_("None: for all."),
    )  # fmt: skip
    after = models.ForeignKey(
        "self", models.CASCADE, related_name="following", null=True, blank=True, verbose_name=_("only after"),
        help_text=_("Asked only when that question has the answer below."),
    )  # fmt: skip
    after_answer = models.CharField(
        _("answered with"), max_length=300, blank=True,
        help_text=_("The words of an option, a country code, or yes or no."),
    )  # fmt: skip
    is_sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("Only shown to those who may read needs.")
    )
    concerns_room = models.BooleanField(
        _("concerns the room"), default=False, help_text=_("Facilitators see the answers of their people.")
    )
    purpose = models.CharField(
        _("what it is for"), max_length=300, blank=True, help_text=_("Stands beside the question.")
    )
    delete_on = models.DateField(_("answers are deleted on"), null=True, blank=True)
    version = models.PositiveIntegerField(
        _("version of the wording"), default=1, editable=False,
        help_text=_("Grows when the words of a consent change, so that each consent says to what."),
    )  # fmt: skip

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="sensitive_questions_say_why_and_until_when",
                condition=Q(is_sensitive=False) | (Q(delete_on__isnull=False) & ~Q(purpose="")),
                violation_error_message=_("A sensitive question needs its purpose and the day its answers are deleted."),
            ),
            models.CheckConstraint(
                name="question_does_not_follow_itself", condition=Q(after=None) | ~Q(after=models.F("pk")),
                violation_error_message=_("A question cannot follow itself."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        if self.after and self.after.edition_id != self.edition_id:
            raise ValidationError({"after": _("Choose a question of the same edition.")})


class QuestionOptionQuerySet(models.QuerySet["QuestionOption"]):
    def with_taken(self) -> Self:
        """Each limited one with how many hold it; whoever waits for a place or for approval holds theirs."""
        chosen = Answer.options.through.objects.filter(questionoption=OuterRef("pk"))  # type: ignore[attr-defined]
        held = chosen.exclude(answer__registration__status=Place.Status.CANCELLED)
        count = held.order_by().values("questionoption").annotate(number=Count("pk")).values("number")
        limited = When(capacity__isnull=False, then=Coalesce(Subquery(count), 0))
        return self.annotate(taken=Case(limited, default=0, output_field=IntegerField()))


class QuestionOption(models.Model):
    """One of the answers there are; some only for so many people."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="options", verbose_name=_("question"))
    label = models.CharField(_("answer"), max_length=200)
    capacity = models.PositiveIntegerField(
        _("for how many"), null=True, blank=True, help_text=_("Empty: no limit")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = QuestionOptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class Answer(models.Model):
    """One person's answer; text in one form per kind: ISO date, plain number, country code, yes or no."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="answers", verbose_name=_("registration")
    )
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers", verbose_name=_("question"))
    text = models.TextField(_("answer"), blank=True)
    options = models.ManyToManyField(
        QuestionOption, related_name="answers", blank=True, verbose_name=_("options")
    )
    version = models.PositiveIntegerField(_("version of the wording"), default=1)
    answered_at = models.DateTimeField(_("answered"))
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__position", "question"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="one_answer_to_a_question"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.text}"
