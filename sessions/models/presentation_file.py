"""One version of a presentation: a checked file or a link, and what was decided about it."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference.viewer import Viewer
from sessions.models.presentation import Presentation
from sessions.models.preview import Preview
from sessions.models.upload_link import UploadLink


def private_storage() -> Storage:
    return storages["private"]


def generated_name(presentation: uuid.UUID, file_format: str) -> str:
    """A generated name, so that nothing a client typed reaches the disk."""
    return f"presentations/{presentation}/{uuid.uuid4().hex}.{file_format or 'bin'}"


def stored_name(version: "PresentationFile", _client_name: str) -> str:
    return generated_name(version.presentation.guid, version.format)


class PresentationFileQuerySet(models.QuerySet["PresentationFile"]):
    def readable_by(self, viewer: Viewer, at: datetime | None = None) -> Self:
        """The public version of what the viewer may download; every version of what they manage."""
        current = Presentation.objects.downloadable_by(viewer, at).values("current_file")
        manageable = Presentation.objects.manageable_by(viewer).values("pk")
        return self.filter(Q(pk__in=current) | Q(presentation__in=manageable))


class PresentationFile(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    class Damage(models.TextChoices):
        MISSING = "missing", _("missing")
        CHANGED = "changed", _("changed")

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    presentation = models.ForeignKey(
        Presentation, models.CASCADE, related_name="versions", verbose_name=_("presentation")
    )
    number = models.PositiveIntegerField(_("version"), default=1)
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=stored_name, max_length=200, blank=True
    )
    link = models.URLField(_("link"), max_length=500, blank=True)
    original_name = models.CharField(_("file name"), max_length=200, blank=True)
    format = models.CharField(_("format"), max_length=10, blank=True)  # noqa: A003
    content_type = models.CharField(_("type"), max_length=120, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)  # bytes
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    preview = models.ForeignKey(
        Preview,
        models.SET_NULL,
        related_name="versions",
        null=True,
        editable=False,
        verbose_name=_("preview"),
    )
    upload_link = models.ForeignKey(
        UploadLink, models.SET_NULL, related_name="versions", null=True, editable=False,
        verbose_name=_("came by the upload link"),
    )  # fmt: skip
    checked_at = models.DateTimeField(_("compared with its SHA-256"), null=True, editable=False)
    damage = models.CharField(_("damage"), max_length=7, choices=Damage.choices, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.DRAFT)
    refusal_reason = models.TextField(_("reason for refusal"), blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("uploaded by")
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+", null=True, verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = PresentationFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = [F("number").desc()]
        constraints = [
            models.UniqueConstraint(fields=["presentation", "number"], name="version_once_in_a_presentation"),
            models.CheckConstraint(
                name="version_is_a_file_or_a_link",
                condition=(Q(file="") & ~Q(link="")) | (~Q(file="") & Q(link="")),
                violation_error_message=_("Give a file or a link, not both."),
            ),
            models.CheckConstraint(
                name="refusal_has_a_reason",
                condition=~Q(status="refused") | ~Q(refusal_reason=""),
                violation_error_message=_("Say why, so that the speaker can mend it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.presentation} ({self.number})"
