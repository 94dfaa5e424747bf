"""What organisers write to many people of an edition: once by hand, or by itself at a moment of the edition."""

import uuid
from datetime import time
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from conference.models import Edition, Outbox
from speakers.models import Speaker


def ten_o_clock() -> time:
    """A function, since Django takes a fixed time for a mistake whenever it is that time now."""
    return time(10)


class LetterQuerySet(models.QuerySet["Letter"]):
    def drafts(self) -> Self:
        return self.filter(status=Letter.Status.DRAFT)

    def of_one_occasion(self) -> Self:
        """Those that go by themselves, or went."""
        return self.exclude(occasion="")

    def by_hand(self) -> Self:
        return self.filter(occasion="")


class Letter(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PLANNED = "planned", _("goes by itself")
        SENDING = "sending", _("on its way")
        STOPPED = "stopped", _("stopped")
        SENT = "sent", _("sent")
        MISSED = "missed", _("too late to be sent")

    class Occasion(models.TextChoices):
        CLOSING = "closing", _("registration closes soon")
        TOMORROW = "tomorrow", _("the conference begins")
        THANKS = "thanks", _("thank you")

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="letters", verbose_name=_("edition"))
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion.choices, blank=True)
    days = models.PositiveSmallIntegerField(
        _("days"), default=1
    )  # before or after what the occasion is about
    clock = models.TimeField(_("time"), default=ten_o_clock)  # where the edition is
    # By language; what is missing is said in a language that is there.
    subjects = models.JSONField(_("subjects"), default=dict, blank=True)
    texts = models.JSONField(_("texts"), default=dict, blank=True)
    audience = models.JSONField(
        _("to whom"), default=dict, blank=True
    )  # see registration/letters/audience.py
    is_news = models.BooleanField(_("news"), default=False)
    status = models.CharField(_("status"), max_length=7, choices=Status.choices, default=Status.DRAFT)
    reader_count = models.PositiveIntegerField(_("people"), default=0)
    left_out_count = models.PositiveIntegerField(_("left out"), default=0)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name=_("written by"),
    )  # fmt: skip
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name=_("sent by"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    began_at = models.DateTimeField(_("began"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="only_letters_with_an_occasion_go_by_themselves",
                condition=~Q(status="planned") | ~Q(occasion=""),
            ),
            models.UniqueConstraint(
                fields=["edition", "occasion", "days", "clock"], condition=Q(status="planned"),
                name="one_letter_at_a_moment",
                violation_error_message=_("Such a letter goes at that moment already."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["status"], name="letters_to_write", condition=Q(status__in=["planned", "sending"])
            )
        ]

    def __str__(self) -> str:
        named = (self.subjects.get(code) for code in [settings.LANGUAGE_CODE.split("-")[0], *self.subjects])
        return next(filter(None, named), "") or str(_("without a subject"))

    @property
    def called(self) -> str:
        """Its subject in the language of whoever looks at it, with the edition by its name."""
        subject = self.subjects.get((get_language() or "").split("-")[0]) or str(self)
        return subject.replace("{edition}", str(self.edition))

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def can_be_changed(self) -> bool:
        return self.status in (self.Status.DRAFT, self.Status.PLANNED)


class Addressee(models.Model):
    """Somebody to whom a letter goes: written down before the first mail is, so that each gets it once."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="addressees", verbose_name=_("letter"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", null=True, blank=True,
        verbose_name=_("user"),
    )  # fmt: skip
    speaker = models.ForeignKey(
        Speaker, models.CASCADE, related_name="+", null=True, blank=True, verbose_name=_("speaker")
    )
    address = models.EmailField(_("address"))  # in small letters
    language = models.CharField(_("language"), max_length=10)
    mail = models.OneToOneField(
        Outbox, models.SET_NULL, related_name="addressee", null=True, blank=True, verbose_name=_("mail")
    )
    written_at = models.DateTimeField(_("written"), null=True, blank=True)
    # Whoever closed their account or unsubscribed after the letter began.
    is_left_out = models.BooleanField(_("left out"), default=False)

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "address"], name="each_gets_a_letter_once"),
            models.CheckConstraint(
                name="addressee_is_somebody", condition=Q(user__isnull=False) | Q(speaker__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["letter"], name="addressees_to_write", condition=Q(written_at=None))]

    def __str__(self) -> str:
        return self.address
