"""Work that takes longer than a page may: a row that waits, until the worker has done it."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.models.edition import Edition

STALE = timedelta(minutes=3)  # a worker that said nothing for so long is dead
KEPT_FOR = timedelta(hours=24)  # what was made, and the link to it


def private_storage() -> Storage:
    return storages["private"]


def stored_name(task: "Task", name: str) -> str:
    return f"tasks/{task.guid}"


class TaskQuerySet(models.QuerySet["Task"]):
    def due(self, at: datetime | None = None) -> Self:
        """What waits, and what a dead worker left; oldest first."""
        left = Q(status=Task.Status.RUNNING, beat_at__lt=(at or clock.now()) - STALE)
        return self.filter(Q(status=Task.Status.WAITING) | left).order_by("pk")

    def kept(self, at: datetime | None = None) -> Self:
        return self.filter(created_at__gt=(at or clock.now()) - KEPT_FOR)


class Task(models.Model):
    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=40)
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="tasks", null=True, blank=True, verbose_name=_("edition")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="tasks", null=True, blank=True,
        verbose_name=_("asked for by"),
    )  # fmt: skip
    options = models.JSONField(default=dict, blank=True)
    status = models.CharField(_("status"), max_length=7, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    message = models.TextField(_("message"), blank=True)
    file = models.FileField(
        _("file"), storage=private_storage, upload_to=stored_name, max_length=200, blank=True
    )
    file_name = models.CharField(_("file name"), max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    beat_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["status"], name="task_due", condition=Q(status__in=["waiting", "running"]))
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_over(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.FAILED)

    @property
    def expires_at(self) -> datetime:
        return self.created_at + KEPT_FOR
