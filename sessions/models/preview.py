"""What was found inside a file: pictures and text of its pages, and what readers should know about it."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference import clock

STALE = timedelta(minutes=5)  # a worker that said nothing for so long is dead; one page never takes that long


class PreviewQuerySet(models.QuerySet["Preview"]):
    def due(self, at: datetime | None = None) -> Self:
        """What waits, and what a dead worker left; oldest first."""
        left = Q(state=Preview.State.RUNNING, beat_at__lt=(at or clock.now()) - STALE)
        return self.filter(Q(state=Preview.State.WAITING) | left).order_by("created_at", "pk")


class Preview(models.Model):
    """Of one content, however many files have it; its pictures lie in the private store under its SHA-256."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("being made")
        DONE = "done", _("made")
        FAILED = "failed", _("failed")
        NONE = "none", _("not possible")

    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True, editable=False)
    format = models.CharField(_("format"), max_length=10)  # noqa: A003
    state = models.CharField(_("state"), max_length=7, choices=State.choices, default=State.WAITING)
    reason = models.CharField(
        _("reason"), max_length=300, blank=True
    )  # why it failed, in words for organisers
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done = models.PositiveIntegerField(_("pages done"), default=0)
    page_count = models.PositiveIntegerField(_("pages"), default=0)
    has_pictures = models.BooleanField(_("has pictures"), default=False)
    has_cover = models.BooleanField(_("has a cover"), default=False)
    language = models.CharField(_("language"), max_length=10, blank=True)  # as the file says
    # What stands in the way of readers: keys of `sessions.files.accessibility`, each with its page numbers.
    findings = models.JSONField(_("findings"), default=dict, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    beat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    made_at = models.DateTimeField(_("made at"), null=True, blank=True)

    objects = PreviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview")
        verbose_name_plural = _("previews")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(state__in=["waiting", "running"]), name="previews_to_make"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:12]}: {self.get_state_display()}"


class PreviewPage(models.Model):
    """One page: its text, and the notes of the speaker, which are shown and found only if the speaker agrees."""

    preview = models.ForeignKey(Preview, models.CASCADE, related_name="pages", verbose_name=_("preview"))
    number = models.PositiveIntegerField(_("page"))  # from 1
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    notes = models.TextField(_("notes"), blank=True)
    width = models.PositiveIntegerField(_("width"), default=0)  # of the large picture, in pixels
    height = models.PositiveIntegerField(_("height"), default=0)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["preview", "number"]
        constraints = [
            models.UniqueConstraint(fields=["preview", "number"], name="page_once_in_a_preview"),
            models.CheckConstraint(name="preview_pages_begin_at_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.preview_id}/{self.number}"
