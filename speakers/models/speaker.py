"""A person on stage; may have no account, and is the same person over all editions."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from conference.addresses import address


class SpeakerQuerySet(models.QuerySet["Speaker"]):
    def on_stage(self) -> Self:
        """Speakers of at least one published session: the only ones the public knows of."""
        return self.filter(
            appearances__session__status="published", appearances__session__edition__is_published=True
        ).distinct()


class Speaker(models.Model):
    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="speaker", null=True, blank=True,
        verbose_name=_("account"), help_text=_("Set by an invitation that the speaker accepted."),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    email = models.EmailField(_("email"), blank=True, help_text=_("For the invitation; never shown."))
    country = CountryField(_("country"), blank=True)
    biography = models.TextField(_("biography"), blank=True, help_text=_("Markdown"))
    portrait = models.ImageField(_("portrait"), upload_to="portraits/", blank=True)
    portrait_description = models.CharField(_("what the portrait shows"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    is_minor = models.BooleanField(
        _("is a minor"),
        default=False,
        help_text=_(
            "Shown by first name only, without portrait or links. Release the timetable again afterwards: it keeps names as they were."
        ),
    )
    # What an imported schedule said that has no field here, kept so that an export can say it again.
    origin = models.JSONField(default=dict, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("speakers:speaker", self.slug)

    @property
    def public_name(self) -> str:
        return self.name.split()[0] if self.is_minor and self.name.strip() else self.name
