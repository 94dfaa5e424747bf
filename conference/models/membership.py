"""That a person belongs to an organisation, asks to, or administers it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.models.organisation import Organisation


class MembershipQuerySet(models.QuerySet["Membership"]):
    def members(self) -> Self:
        return self.filter(status=Membership.Status.MEMBER)

    def asking(self) -> Self:
        return self.filter(status=Membership.Status.ASKED)

    def administering(self) -> Self:
        return self.members().filter(is_administrator=True)


class Membership(models.Model):
    """Leaving deletes the row; an organisation whose last member left stays, for its next one."""

    class Status(models.TextChoices):
        ASKED = "asked", _("asked to join")
        MEMBER = "member", _("member")
        REFUSED = "refused", _("refused")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    status = models.CharField(_("status"), max_length=7, choices=Status.choices, default=Status.ASKED)
    is_administrator = models.BooleanField(_("administers the organisation"), default=False)
    is_shown = models.BooleanField(
        _("shown on the organisation's page"),
        default=False,
        help_text=_("Each person decides for themselves."),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["-is_administrator", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], name="member_once_of_an_organisation",
                violation_error_message=_("This person is a member, or has asked to be one, already."),
            ),
            models.CheckConstraint(
                name="only_members_administer", condition=Q(is_administrator=False) | Q(status="member"),
                violation_error_message=_("Only a member can administer the organisation."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.user.name}, {self.organisation}"
