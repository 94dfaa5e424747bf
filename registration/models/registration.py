"""One user's place at one edition."""

import secrets
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from conference.models import Edition
from registration.models.place import Place
from registration.models.registration_type import RegistrationType

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is misread aloud


def new_reference() -> str:
    return "".join(secrets.choice(ALPHABET) for _position in range(8))


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
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    dietary_needs = models.TextField(_("dietary needs"), max_length=1000, blank=True)
    access_needs = models.TextField(_("access needs"), max_length=1000, blank=True)
    needs_deleted_at = models.DateTimeField(_("needs deleted"), null=True, blank=True, editable=False)
    consent_at = models.DateTimeField(_("consent given"))
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

    def clean(self) -> None:
        if self.registration_type.edition_id != self.edition_id:
            raise ValidationError({"registration_type": _("Choose a type of the same edition.")})
