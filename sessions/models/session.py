"""Anything in the programme of an edition; a workshop is a session that people choose and book."""

import uuid
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference.addresses import address
from conference.models import Edition, Venue
from sessions.models.competence import Competence
from sessions.models.session_type import Kind, SessionType
from sessions.models.topic import Topic
from sessions.models.track import Track


class SessionQuerySet(models.QuerySet):
    def published(self) -> Self:
        """What the public may know of: published, in a published edition."""
        return self.filter(status=Session.Status.PUBLISHED, edition__is_published=True)

    def known(self) -> Self:
        """What has a public page: published, or cancelled and saying so."""
        return self.filter(status__in=Session.HAVE_A_PAGE, edition__is_published=True)

    def plannable(self) -> Self:
        """What may still take place, public or not: neither cancelled nor withdrawn."""
        return self.filter(status__in=Session.PLANNABLE)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def top_level(self) -> Self:
        return self.filter(part_of=None)

    def in_order(self) -> Self:
        """By position, then by number; what has neither comes last."""
        return self.order_by("position", F("number").asc(nulls_last=True), "title", "pk")


class Session(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        CANCELLED = "cancelled", _("cancelled")  # the page stays and says so
        WITHDRAWN = "withdrawn", _("withdrawn")  # gone from every page

    HAVE_A_PAGE = (Status.PUBLISHED, Status.CANCELLED)
    PLANNABLE = (Status.DRAFT, Status.PUBLISHED)

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="sessions", verbose_name=_("edition"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.SESSION)
    session_type = models.ForeignKey(
        SessionType, models.PROTECT, related_name="sessions", null=True, blank=True, verbose_name=_("type")
    )
    track = models.ForeignKey(
        Track, models.SET_NULL, related_name="sessions", null=True, blank=True, verbose_name=_("track")
    )
    part_of = models.ForeignKey(
        "self", models.PROTECT, related_name="parts", null=True, blank=True, verbose_name=_("part of"),
        help_text=_("A session of the same edition in which this one takes place."),
    )  # fmt: skip
    number = models.PositiveIntegerField(
        _("number"), null=True, blank=True, help_text=_("As printed. Gaps are fine; nothing is renumbered.")
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    title = models.CharField(_("title"), max_length=300)
    slug = models.SlugField(_("address"), max_length=120)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    abstract = models.TextField(_("abstract"), blank=True, help_text=_("Markdown"))
    description = models.TextField(
        _("description"), blank=True, help_text=_("Markdown; what there is to say beyond the abstract.")
    )
    topics = models.ManyToManyField(Topic, related_name="sessions", blank=True, verbose_name=_("topics"))
    competences = models.ManyToManyField(
        Competence, related_name="sessions", blank=True, verbose_name=_("competences"),
        help_text=_("What people learn; they stand on certificates."),
    )  # fmt: skip
    language = models.CharField(
        _("spoken language"), max_length=10, blank=True, help_text=_("A code such as en or nl")
    )
    venue = models.ForeignKey(
        Venue, models.SET_NULL, related_name="sessions", null=True, blank=True, verbose_name=_("place"),
        help_text=_("Only if it is elsewhere and has no room in the timetable."),
    )  # fmt: skip
    takes_bookings = models.BooleanField(_("takes bookings"), default=False)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit"))
    expects_presentations = models.BooleanField(
        _("presentations are expected"), default=True, help_text=_("Its speakers are asked for them.")
    )
    presentations_promised_for = models.DateField(_("presentations promised for"), null=True, blank=True)
    do_not_record = models.BooleanField(_("not to be recorded"), default=False)
    recording_license = models.CharField(_("licence of the recording"), max_length=120, blank=True)
    # What an imported schedule said that has no field here, kept so that an export can say it again.
    origin = models.JSONField(default=dict, blank=True, editable=False)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.DRAFT)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["position", F("number").asc(nulls_last=True), "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "kind", "number"], condition=Q(part_of=None), name="number_once_in_an_edition",
                violation_error_message=_("This edition has one of that number already."),
            ),
            models.UniqueConstraint(
                fields=["part_of", "kind", "number"], condition=Q(part_of__isnull=False),
                name="number_once_in_a_session",
                violation_error_message=_("That session has a part of this number already."),
            ),
            models.UniqueConstraint(
                fields=["edition", "slug"], name="session_slug_once_in_an_edition",
                violation_error_message=_("This edition has a session at that address already."),
            ),
            models.CheckConstraint(
                name="only_workshops_take_bookings",
                condition=Q(takes_bookings=False) | Q(kind=Kind.WORKSHOP),
                violation_error_message=_("Only a workshop takes bookings."),
            ),
            models.CheckConstraint(
                name="session_is_not_part_of_itself",
                condition=Q(part_of=None) | ~Q(part_of=F("pk")),
                violation_error_message=_("A session is not part of itself."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        name = "sessions:workshop" if self.kind == Kind.WORKSHOP else "sessions:session"
        return address(name, self.edition.slug, self.slug)

    @property
    def anchor(self) -> str:
        """Where the session stands on the overview page."""
        return f"{self.kind}-{self.number or self.slug}"

    @property
    def is_public(self) -> bool:
        return self.status == self.Status.PUBLISHED and self.edition.is_published

    def clean(self) -> None:
        errors: dict[str, Any] = {}
        if self.session_type and self.session_type.kind != self.kind:
            errors["session_type"] = _("This type belongs to another kind.")
        if self.part_of:
            errors.update(self._errors_of_place())
        if self.pk and self.part_of and self.parts.exists():
            errors["part_of"] = _("This session has parts of its own, so it cannot be a part.")
        others = {"track": self.track, "venue": self.venue}
        for field, owned in others.items():
            if owned and owned.edition_id != self.edition_id:
                errors[field] = _("Choose one of the same edition.")
        if errors:
            raise ValidationError(errors)

    def _errors_of_place(self) -> dict[str, Any]:
        if self.part_of.edition_id != self.edition_id:
            return {"part_of": _("Choose a session of the same edition.")}
        if self.part_of.part_of_id:
            return {"part_of": _("That session is itself a part; parts go one level deep.")}
        return {}


class WorkshopManager(models.Manager.from_queryset(SessionQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> SessionQuerySet:
        return super().get_queryset().filter(kind=Kind.WORKSHOP)


class Workshop(Session):
    """A session that people choose and book."""

    objects = WorkshopManager()

    class Meta:
        proxy = True
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if not args:
            kwargs.setdefault("kind", Kind.WORKSHOP)
        super().__init__(*args, **kwargs)
