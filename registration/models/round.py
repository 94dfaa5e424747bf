"""Workshops at one time, among which a person gets at most one: first come first served, or by ranked choice."""

import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.models import Edition
from registration.models.registration import Registration
from sessions.models import Workshop


def new_seed() -> str:
    return secrets.token_hex(8)


def new_salt() -> str:
    return secrets.token_hex(16)


class Round(models.Model):
    class Way(models.TextChoices):
        FIRST_COME = "first_come", _("first come, first served")
        RANKED = "ranked", _("ranked choice")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rounds", verbose_name=_("edition"))
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveIntegerField(_("position"), default=0)
    way = models.CharField(
        _("how places are given"), max_length=10, choices=Way.choices, default=Way.FIRST_COME
    )
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("closes"), null=True, blank=True,
        help_text=_("Until then people change their choice freely. Needed for ranked choice."),
    )  # fmt: skip
    seed = models.CharField(
        _("seed"), max_length=60, blank=True,
        help_text=_("Decides between equals. It is published, so that anyone can recompute the result."),
    )  # fmt: skip
    # Never shown: without it nobody can tell who is who in the published data, not even by knowing a guid.
    salt = models.CharField(max_length=32, default=new_salt, editable=False)
    published_at = models.DateTimeField(_("result published"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="ranked_rounds_close", condition=~Q(way="ranked") | Q(closes_at__isnull=False),
                violation_error_message=_("A ranked choice needs the moment at which it closes."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_ranked(self) -> bool:
        return self.way == self.Way.RANKED

    @property
    def is_by_rank(self) -> bool:
        """Whether its places are still to be given by rank; afterwards it is first come, first served."""
        return self.is_ranked and not self.published_at

    def is_over(self, at: datetime | None = None) -> bool:
        return self.closes_at is not None and (at or clock.now()) >= self.closes_at

    def is_open(self, at: datetime | None = None) -> bool:
        at = at or clock.now()
        return (not self.opens_at or at >= self.opens_at) and (not self.closes_at or at < self.closes_at)


class RoundWorkshop(models.Model):
    """A workshop stands in at most one round."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="choices", verbose_name=_("round"))
    workshop = models.OneToOneField(
        Workshop, models.CASCADE, related_name="in_round", verbose_name=_("workshop")
    )
    minimum = models.PositiveIntegerField(
        _("smallest number of people"), default=0, help_text=_("With fewer it does not take place.")
    )

    class Meta:
        verbose_name = _("workshop of a round")
        verbose_name_plural = _("workshops of a round")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.workshop)

    def clean(self) -> None:
        if self.workshop_id and self.workshop.edition_id != self.round.edition_id:
            raise ValidationError({"workshop": _("Choose a workshop of the same edition.")})


class Preference(models.Model):
    """One person's wish: rank 1 is what they want most."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="preferences", verbose_name=_("registration")
    )
    choice = models.ForeignKey(
        RoundWorkshop, models.CASCADE, related_name="preferences", verbose_name=_("workshop")
    )
    rank = models.PositiveSmallIntegerField(_("rank"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "choice"], name="workshop_ranked_once"),
            models.CheckConstraint(name="ranks_begin_at_one", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.registration} {self.rank}: {self.choice}"
