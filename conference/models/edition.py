"""One conference, or one year of a programme: where, when, who, and its address that never changes."""

from calendar import monthrange
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from conference import clock
from conference.addresses import address
from conference.models.organisation import Organisation
from conference.models.series import Series, Theme
from conference.slugs import refuse_reserved_slug

HUES = [(hue, f"{hue}°") for hue in range(0, 360, 15)]


def refuse_unknown_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Name a time zone such as Europe/Brussels."))


class EditionQuerySet(models.QuerySet["Edition"]):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def for_lists(self) -> Self:
        return self.select_related("series", "theme")

    def registration_open(self, at: datetime | None = None) -> Self:
        at = at or clock.now()
        return self.filter(
            Q(registration_opens_at=None) | Q(registration_opens_at__lte=at), registration_closes_at__gt=at
        )

    def current(self, at: datetime | None = None) -> "Edition | None":
        """The edition of the front page: the marked one, else the next open one, else the latest."""
        published = self.published().for_lists()
        return (
            published.filter(is_front_page=True).first()
            or published.registration_open(at).order_by(F("starts_on").asc(nulls_last=True)).first()
            or published.order_by(F("starts_on").desc(nulls_last=True), "-pk").first()
        )


class Edition(models.Model):
    class Precision(models.TextChoices):
        DAY = "day", _("day")
        MONTH = "month", _("month")
        YEAR = "year", _("year")

    class Widest(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        MEMBERS = "members", _("everyone with an account")
        ATTENDEES = "attendees", _("attendees of the edition")

    series = models.ForeignKey(Series, models.PROTECT, related_name="editions", verbose_name=_("series"))
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="editions", null=True, blank=True, verbose_name=_("theme")
    )
    slug = models.SlugField(
        _("address"), max_length=80, unique=True, validators=[refuse_reserved_slug],
        help_text=_("First part of every address of this edition. It never changes, so that links survive."),
    )  # fmt: skip
    ordinal = models.PositiveIntegerField(
        _("ordinal"), null=True, blank=True, help_text=_("1 for the 1st edition")
    )
    title = models.CharField(_("title"), max_length=300)
    short_title = models.CharField(_("short title"), max_length=80)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    summary = models.CharField(
        _("summary"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences, also shown by search engines"),
    )
    introduction = models.TextField(_("introduction"), blank=True, help_text=_("Markdown"))
    languages = models.CharField(
        _("languages"), max_length=80, blank=True, default="", db_default="",
        help_text=_("In which languages the pages of this edition are written and offered."),
    )  # fmt: skip
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = CountryField(_("country"), blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    date_precision = models.CharField(
        _("dates are known to the"), max_length=5, choices=Precision.choices, default=Precision.DAY
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="Europe/Brussels", validators=[refuse_unknown_zone]
    )
    accent_hue = models.PositiveSmallIntegerField(
        _("accent colour"), choices=HUES, default=255, validators=[MaxValueValidator(345)],
        help_text=_("A hue on the colour circle; the site takes care of contrast."),
    )  # fmt: skip
    registration_opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("Empty: nobody can register on the site."),
    )
    held_by_organisation = models.PositiveIntegerField(
        _("places kept for colleagues"),
        default=20,
        null=True,
        blank=True,
        help_text=_(
            "Whoever registers colleagues keeps so many places at most, for each organisation, until the colleagues "
            "take them over. 0: nobody registers colleagues. Empty: no limit."
        ),
    )
    presentations_due_at = models.DateTimeField(
        _("presentations until"), null=True, blank=True,
        help_text=_("Shown to speakers."),
    )  # fmt: skip
    takes_late_presentations = models.BooleanField(
        _("later ones are taken too"), default=True,
        help_text=_("Without it nothing comes in from speakers after that moment; organisers can still add it."),
    )  # fmt: skip
    open_pages = models.PositiveSmallIntegerField(
        _("pages open to everybody"), default=3,
        help_text=_("So many first pages of each presentation can be seen before the gate."),
    )  # fmt: skip
    widest_audience = models.CharField(
        _("open at most to"), max_length=10, choices=Widest.choices, default=Widest.EVERYONE,
        help_text=_("Speakers cannot open a presentation to more people than these; organisers can."),
    )  # fmt: skip
    presentations_open_from = models.DateTimeField(
        _("open at the earliest"), null=True, blank=True,
        help_text=_("Speakers cannot let a presentation open before; organisers can. What is there already stays as it is."),
    )  # fmt: skip
    is_published = models.BooleanField(_("published"), default=False)
    is_front_page = models.BooleanField(_("front page"), default=False)
    contact_email = models.EmailField(_("contact address"), blank=True)
    organisations = models.ManyToManyField(
        Organisation, through="EditionOrganisation", related_name="editions"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = [F("starts_on").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                name="edition_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("An edition does not end before it starts."),
            ),
            models.UniqueConstraint(
                fields=["is_front_page"], condition=Q(is_front_page=True), name="one_edition_on_the_front_page",
                violation_error_message=_("Another edition is marked for the front page. Unmark it first."),
            ),
            models.UniqueConstraint(
                fields=["series", "ordinal"], condition=Q(ordinal__isnull=False), name="ordinal_once_in_a_series",
                violation_error_message=_("This series has an edition with that ordinal already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.short_title

    def get_absolute_url(self) -> str:
        return address("sessions:overview", self.slug)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def today(self, at: datetime | None = None) -> date:
        """The date where the edition takes place."""
        return (at or clock.now()).astimezone(self.zone).date()

    @property
    def last_day(self) -> date | None:
        """The last day it can be: the end of the month or year when no more is known."""
        day = self.ends_on or self.starts_on
        if day is None or self.date_precision == self.Precision.DAY:
            return day
        month = day.month if self.date_precision == self.Precision.MONTH else 12
        return date(day.year, month, monthrange(day.year, month)[1])

    def phase(self, at: datetime | None = None) -> str:
        """Before, during or after; without a date an edition is still ahead."""
        today = self.today(at)
        if not self.starts_on or today < self.starts_on:
            return "before"
        return "after" if self.last_day and today > self.last_day else "during"

    def registration_is_open(self, at: datetime | None = None) -> bool:
        at = at or clock.now()
        if not self.registration_closes_at or at >= self.registration_closes_at:
            return False
        return not self.registration_opens_at or at >= self.registration_opens_at


class EditionOrganisation(models.Model):
    class Part(models.TextChoices):
        ORGANISER = "organiser", _("organiser")
        PROJECT = "project", _("project")
        PARTNER = "partner", _("partner")
        FUNDER = "funder", _("funder")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="parts", verbose_name=_("edition"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="parts", verbose_name=_("organisation")
    )
    part = models.CharField(_("part"), max_length=10, choices=Part.choices)
    position = models.PositiveIntegerField(_("position"), default=0)
    disclaimer = models.TextField(_("disclaimer"), blank=True)

    class Meta:
        verbose_name = _("organisation of an edition")
        verbose_name_plural = _("organisations of an edition")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "organisation", "part"], name="organisation_once_in_a_part_of_an_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_part_display()}"


class PartOf(models.Model):
    """An event or framework around the edition."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="part_of", verbose_name=_("edition"))
    title = models.CharField(_("title"), max_length=200)
    website = models.URLField(_("website"), blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("part of")
        verbose_name_plural = _("part of")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title
