"""One user's place at one edition."""

import base64
import secrets
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from conference.models import Edition, Organisation
from registration.models.place import Place
from registration.models.registration_type import RegistrationType

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread aloud


def new_reference() -> str:
    return "".join(secrets.choice(ALPHABET) for _position in range(8))


def new_ticket_code() -> str:
    """160 bits in letters that every scanner reads in its shortest form."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


class Registration(Place):
    owner_field = "registration_type"

    class Role(models.TextChoices):
        TEACHER = "teacher", _("teacher")
        SCHOOL_HEAD = "school_head", _("school head")
        TEACHER_EDUCATOR = "teacher_educator", _("teacher educator")
        PUPIL = "pupil", _("pupil or student")
        NGO = "ngo", _("non-profit organisation")
        POLICY = "policy", _("policy and administration")
        RESEARCH = "research", _("research")
        OTHER = "other", _("other")

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(
        _("reference"), max_length=8, unique=True, default=new_reference, editable=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="registrations", verbose_name=_("user")
    )
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="registrations", verbose_name=_("edition")
    )
    registration_type = models.ForeignKey(
        RegistrationType, models.PROTECT, related_name="registrations", verbose_name=_("registration type")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    country = CountryField(_("country"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, related_name="registrations", null=True, blank=True,
        verbose_name=_("member of"),
    )  # fmt: skip
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, blank=True, editable=False,
        verbose_name=_("registered by"), help_text=_("Empty: by the person"),
    )  # fmt: skip
    # What the QR code holds: random, and nothing else. Issued anew, the former one is worth nothing at once.
    ticket_code = models.CharField(max_length=32, unique=True, default=new_ticket_code, editable=False)
    badge_printed_at = models.DateTimeField(_("badge printed"), null=True, blank=True, editable=False)
    badge_said = models.CharField(_("what the printed badge said"), max_length=16, blank=True, editable=False)
    refusal_reason = models.CharField(_("reason of the refusal"), max_length=500, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    dietary_needs = models.TextField(_("dietary needs"), max_length=1000, blank=True)
    access_needs = models.TextField(_("access needs"), max_length=1000, blank=True)
    needs_deleted_at = models.DateTimeField(_("needs deleted"), null=True, blank=True, editable=False)
    consent_at = models.DateTimeField(
        _("consent given"), null=True, blank=True, help_text=_("Empty until a colleague takes it over.")
    )
    consent_version = models.CharField(_("consent to the privacy page of"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at"]
        permissions = [
            ("view_needs", _("Can read dietary and access needs")),
            ("export_registration", _("Can export registrations")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "edition"], condition=~Q(status="cancelled"), name="one_registration_at_an_edition",
                violation_error_message=_("This person is registered already."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["registration_type", "status", "queue_number"], name="registration_queue")
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def organisation_words(self) -> str:
        """What they wrote, else the organisation for which they come; a list fetches `organisation` along."""
        return self.organisation_name or (self.organisation.name if self.organisation else "")

    def clean(self) -> None:
        if self.registration_type.edition_id != self.edition_id:
            raise ValidationError({"registration_type": _("Choose a type of the same edition.")})
