"""A result of ranked choice: computed, looked at, corrected by hand, computed again, and one day published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registration.models.registration import Registration
from registration.models.round import Round, RoundWorkshop


class FixedPlace(models.Model):
    """The organiser's hand: this person in this workshop, or in none of the round, whatever is computed."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="fixed_places", verbose_name=_("round"))
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="fixed_places", verbose_name=_("registration")
    )
    choice = models.ForeignKey(
        RoundWorkshop, models.CASCADE, related_name="fixed_places", null=True, blank=True,
        verbose_name=_("workshop"),
    )  # fmt: skip
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("fixed place")
        verbose_name_plural = _("fixed places")
        constraints = [
            models.UniqueConstraint(fields=["round", "registration"], name="fixed_once_in_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.choice or '–'}"


class Allocation(models.Model):
    round = models.ForeignKey(Round, models.CASCADE, related_name="allocations", verbose_name=_("round"))
    number = models.PositiveIntegerField(_("number"))
    seed = models.CharField(_("seed"), max_length=60)
    # What the pure module was given and said, so that anyone can check it: see registration/allocation/.
    problem = models.JSONField(default=dict, editable=False)
    report = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(_("computed"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("by")
    )
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("allocation")
        verbose_name_plural = _("allocations")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="allocation_number_once_in_a_round"),
            models.UniqueConstraint(
                fields=["round"], condition=Q(published_at__isnull=False), name="one_published_allocation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class AllocatedPlace(models.Model):
    """Where one person ended: in a workshop by rank, or nowhere and why."""

    class Reason(models.TextChoices):
        RANKED = "ranked", _("by rank")
        FIXED = "fixed", _("fixed by an organiser")
        FULL = "full", _("all workshops they ranked are full")
        CLASH = "clash", _("they have a place elsewhere at that time")
        CLOSED = "closed", _("all workshops they ranked do not take place")

    allocation = models.ForeignKey(
        Allocation, models.CASCADE, related_name="places", verbose_name=_("allocation")
    )
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="allocated_places", verbose_name=_("registration")
    )
    choice = models.ForeignKey(
        RoundWorkshop, models.CASCADE, related_name="allocated_places", null=True, verbose_name=_("workshop")
    )
    rank = models.PositiveSmallIntegerField(_("rank"), null=True)
    reason = models.CharField(_("reason"), max_length=6, choices=Reason.choices)

    class Meta:
        verbose_name = _("allocated place")
        verbose_name_plural = _("allocated places")
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "registration"], name="placed_once_in_an_allocation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.choice or '–'}"
