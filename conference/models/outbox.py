"""Mail waits here, written in the transaction that causes it, until the worker has sent it."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference import clock


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def due(self, at: datetime | None = None) -> Self:
        at = at or clock.now()
        return self.filter(status=Outbox.Status.WAITING, due_at__lte=at).order_by("-is_urgent", "pk")


class Outbox(models.Model):
    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        HELD = "held", _("held")  # waited when a backup was made; an organiser releases it

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # becomes the Message-ID
    recipient = models.EmailField(_("recipient"))
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    is_urgent = models.BooleanField(
        _("urgent"), default=False, help_text=_("A person waits for the code in it.")
    )
    is_secret = models.BooleanField(
        _("secret"), default=False, help_text=_("Its text is erased after sending.")
    )
    is_forgotten = models.BooleanField(
        _("forgotten"), default=False, help_text=_("Nothing of it is kept after sending.")
    )
    is_by_hand = models.BooleanField(
        _("sent by hand"), default=False, help_text=_("It is tried, whatever its address refused before.")
    )
    # Of news, where its reader unsubscribes from it: see conference/mail/unsubscribing.py.
    unsubscribe_link = models.CharField(max_length=300, blank=True, editable=False)
    # What is made and attached only when the mail leaves, by name and key: see conference/mail/enclosures.py.
    enclosures = models.JSONField(default=list, blank=True, editable=False)
    # What it is: the name of an automatic mail (see conference/mail/register.py), or a letter of organisers.
    kind = models.CharField(_("kind"), max_length=60, blank=True, db_default="")
    edition = models.ForeignKey(
        "conference.Edition", models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name=_("edition"),
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=7, choices=Status.choices, default=Status.WAITING)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    due_at = models.DateTimeField(_("due"), default=clock.now)
    not_after = models.DateTimeField(
        _("not after"), null=True, blank=True, help_text=_("Later it is of no use to anybody, and not sent.")
    )
    claimed_at = models.DateTimeField(_("taken by a worker"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["due_at"], name="mail_due", condition=Q(status="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"
