"""What organisers ask after a session and after the edition, and sheets of answers that belong to nobody.

How an answer is kept apart from its person. There is one sheet for each session, and one for the edition as a whole.
It holds two things that know nothing of each other:

* `given`: the keys of the registrations that have answered, sorted. It keeps anybody from answering twice, says
  neither when nor what, and is emptied once nobody can answer any more.
* what was answered: for each question how often each answer was given, and the texts under keys drawn at random,
  sorted by them. So there is no row of one person's answers, and no order in which they came.

All of it is one row of one table, because two rows could be joined: databases number rows and transactions in the order
in which they came, and keep both in backups. What is left: whoever copies the row itself before and after an answer, and
whoever reads a sheet with a single answer in the database. Pages show nothing of a sheet with fewer than five.
"""

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.models import Edition
from sessions.models import Session

MOST_OPTIONS = 12


class FeedbackPlan(models.Model):
    """Whether an edition asks for feedback, and until when."""

    edition = models.OneToOneField(
        Edition, models.CASCADE, related_name="feedback_plan", verbose_name=_("edition")
    )
    closes_at = models.DateTimeField(
        _("until"), help_text=_("People can answer from the end of a session until this moment.")
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")

    def __str__(self) -> str:
        return str(self.edition)

    def is_over(self, at: datetime | None = None) -> bool:
        return (at or clock.now()) >= self.closes_at


class FeedbackQuestion(models.Model):
    class About(models.TextChoices):
        SESSION = "session", _("each session")
        EDITION = "edition", _("the edition as a whole")

    class Kind(models.TextChoices):
        SCALE = "scale", _("scale from 1 to 5")
        CHOICE = "choice", _("one of several")
        TEXT = "text", _("short text")

    plan = models.ForeignKey(
        FeedbackPlan, models.CASCADE, related_name="questions", verbose_name=_("feedback")
    )
    about = models.CharField(_("about"), max_length=7, choices=About.choices, default=About.SESSION)
    kind = models.CharField(_("kind of answer"), max_length=6, choices=Kind.choices, default=Kind.SCALE)
    label = models.CharField(_("question"), max_length=300)
    options = models.TextField(
        _("options"), max_length=2000, blank=True, help_text=_("One on each line; only for one of several.")
    )
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("feedback question")
        verbose_name_plural = _("feedback questions")
        ordering = ["about", "position", "pk"]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        """Answers are counted by the place of an option, so these stay as they are once there are some."""
        numbers = self.option_numbers()
        if self.kind == self.Kind.CHOICE and not all(2 <= number <= MOST_OPTIONS for number in numbers):
            raise ValidationError(_("Write two to twelve options, one on each line."))
        if len(set(numbers)) > 1:
            raise ValidationError(_("Write the same options in every language, in the same order."))
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if before is None or not FeedbackSheet.objects.filter(plan=before.plan_id, count__gt=0).exists():
            return
        if (before.about, before.kind, before.option_numbers()[0]) != (self.about, self.kind, numbers[0]):
            raise ValidationError(
                _(
                    "People have answered already: the words may change, but not what is asked about, nor the "
                    "number of options."
                )
            )

    def option_numbers(self) -> list[int]:
        """How many options there are in each language that has any; at least one number."""
        written = [getattr(self, f"options_{code}", None) for code, _name in settings.LANGUAGES]
        return [len(lines_of(words)) for words in written if words] or [len(lines_of(self.options))]


class FeedbackSheet(models.Model):
    """All answers about one session, or about the edition as a whole; see above."""

    plan = models.ForeignKey(FeedbackPlan, models.CASCADE, related_name="sheets")
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="feedback_sheets", null=True, blank=True
    )
    count = models.PositiveIntegerField(default=0)
    given = models.JSONField(default=list)  # sorted keys of registrations
    tallies = models.JSONField(default=dict)  # question → answer → how often
    texts = models.JSONField(default=dict)  # question → key at random → text
    hidden = models.JSONField(default=list)  # keys of texts that an organiser hid

    class Meta:
        verbose_name = _("feedback sheet")
        verbose_name_plural = _("feedback sheets")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "session"], condition=Q(session__isnull=False), name="one_sheet_for_a_session"
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(session=None), name="one_sheet_for_an_edition"
            ),
        ]

    def __str__(self) -> str:
        return str(self.session or self.plan)


def lines_of(words: str | None) -> list[str]:
    return [line.strip() for line in (words or "").splitlines() if line.strip()]
