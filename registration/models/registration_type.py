"""What kind of registration there is, how many, and until when."""

import secrets
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.models import Edition, Organisation


def new_invitation_key() -> str:
    return secrets.token_urlsafe(24)


class RegistrationType(models.Model):
    class ForWhom(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        INVITED = "invited", _("whoever has the invitation link")
        MEMBERS = "members", _("members of an organisation")
        DOMAIN = "domain", _("whoever has a confirmed address of a domain")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="registration_types", verbose_name=_("edition")
    )
    name = models.CharField(_("name"), max_length=120)
    description = models.CharField(_("description"), max_length=300, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit"))
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    for_whom = models.CharField(
        _("for whom"), max_length=8, choices=ForWhom.choices, default=ForWhom.EVERYONE
    )
    invitation_key = models.CharField(max_length=40, unique=True, default=new_invitation_key, editable=False)
    organisations = models.ManyToManyField(
        Organisation, related_name="registration_types", blank=True, verbose_name=_("organisations"),
        help_text=_(
            "For members: of these. None: of any organisation, also of one that somebody founds for it; "
            "so whoever has an account may come in."
        ),
    )  # fmt: skip
    domains = models.CharField(
        _("domains"),
        max_length=500,
        blank=True,
        help_text=_("Separated by spaces, such as school.example gov.example"),
    )
    needs_approval = models.BooleanField(
        _("needs approval"), default=False, help_text=_("Nobody has a place before an organiser approves.")
    )
    fee_amount = models.DecimalField(
        _("fee"), max_digits=8, decimal_places=2, null=True, blank=True, help_text=_("Empty: free of charge")
    )
    fee_currency = models.CharField(_("currency"), max_length=3, default="EUR")
    fee_text = models.TextField(
        _("about the fee"), max_length=1000, blank=True,
        help_text=_("What it covers, and how to pay it by bank transfer."),
    )  # fmt: skip
    changes_close_at = models.DateTimeField(
        _("own changes until"), null=True, blank=True,
        help_text=_("Until then people change and cancel by themselves. Empty: until the edition is over."),
    )  # fmt: skip
    can_be_handed_over = models.BooleanField(
        _("can be handed over"),
        default=False,
        help_text=_("People may pass their registration to a colleague."),
    )

    class Meta:
        verbose_name = _("registration type")
        verbose_name_plural = _("registration types")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="types_for_a_domain_name_it", condition=~Q(for_whom="domain") | ~Q(domains=""),
                violation_error_message=_("Say of which domains."),
            ),
            models.CheckConstraint(
                name="fees_are_not_negative", condition=Q(fee_amount=None) | Q(fee_amount__gt=0),
                violation_error_message=_("A fee is more than nothing; leave it empty when there is none."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether one can take it now; the edition's own moments count too."""
        at = at or clock.now()
        has_opened = not self.opens_at or self.opens_at <= at
        has_closed = self.closes_at and self.closes_at <= at
        return bool(has_opened and not has_closed and self.edition.registration_is_open(at))
