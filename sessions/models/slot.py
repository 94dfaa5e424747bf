"""When and where a session takes place, in the draft or in a release."""

import uuid
from datetime import datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference.models import Room
from sessions.models.release import Release
from sessions.models.session import Session


class SlotQuerySet(models.QuerySet["Slot"]):
    def draft(self) -> Self:
        return self.filter(release=None)

    def planned(self) -> Self:
        """The draft of what may still take place."""
        return self.draft().filter(session__status__in=Session.PLANNABLE)

    def released(self) -> Self:
        """Slots of each edition's latest release: all that the public ever sees."""
        return self.filter(release__is_latest=True, is_cancelled=False)

    def cancelled(self) -> Self:
        """What an earlier release of the edition held and the latest does not, as it was last."""
        return self.filter(release__is_latest=True, is_cancelled=True)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Slots sharing a moment with this time; slots that only touch do not."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class Slot(models.Model):
    # The same in the draft and in every release, so that calendars know it again. The first slot of a session
    # carries the session's own guid where it can.
    guid = models.UUIDField(default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="slots", verbose_name=_("session"))
    release = models.ForeignKey(
        Release, models.CASCADE, related_name="slots", null=True, blank=True, verbose_name=_("release")
    )
    room = models.ForeignKey(
        Room, models.PROTECT, related_name="slots", null=True, blank=True, verbose_name=_("room"),
        help_text=_("Empty: the whole venue"),
    )  # fmt: skip
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    # What a release keeps as it was; a draft reads the session instead.
    title = models.CharField(_("title as released"), max_length=300, blank=True)
    room_name = models.CharField(_("room as released"), max_length=120, blank=True)
    speaker_names = models.TextField(_("speakers as released"), blank=True)
    # How often a release changed it, for calendars; and whether this release no longer has it.
    sequence = models.PositiveIntegerField(_("sequence"), default=0, editable=False)
    is_cancelled = models.BooleanField(_("cancelled"), default=False, editable=False)

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = [F("starts_at").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guid"], condition=Q(release=None), name="slot_once_in_the_draft"
            ),
            models.UniqueConstraint(
                fields=["release", "guid"], condition=Q(release__isnull=False), name="slot_once_in_a_release"
            ),
            models.CheckConstraint(
                name="draft_slot_is_not_cancelled", condition=Q(is_cancelled=False) | Q(release__isnull=False)
            ),
            models.CheckConstraint(
                name="slot_ends_after_it_starts",
                condition=Q(starts_at=None, ends_at=None)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                violation_error_message=_("A slot has a start and an end, and ends after it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session}: {self.room or _('the whole venue')}"

    def meets(self, other: "Slot") -> bool:
        """Whether both share a moment; touching is not sharing, and without a time nothing is shared."""
        if not (self.starts_at and self.ends_at and other.starts_at and other.ends_at):
            return False
        return self.starts_at < other.ends_at and self.ends_at > other.starts_at

    def clean(self) -> None:
        if self.room_id and self.room and self.room.edition != self.session.edition:
            raise ValidationError({"room": _("Choose a room of the same edition.")})
