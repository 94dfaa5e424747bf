"""A file or link that a session leaves behind, and the one rule who may have it."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from conference import clock
from conference.addresses import address
from conference.models import Edition, Theme
from conference.viewer import Viewer
from sessions.models.competence import Competence
from sessions.models.session import Session
from sessions.models.slot import Slot
from sessions.models.topic import Topic
from sessions.models.vocabulary import Level, Subject
from speakers.models import Speaker

DOI = r"^10\.\d{4,9}/\S+$"  # as Crossref recommends to match it
ANYWHERE_ON_EARTH = timedelta(hours=12)  # the last place where a day ends


def edition_is_over(at: datetime) -> Q:
    """The edition's last day, month or year, as far as it is known, has ended everywhere on earth."""
    today = (at - ANYWHERE_ON_EARTH).astimezone(UTC).date()
    first_day_after = Case(
        When(edition__date_precision="month", then=Value(today.replace(day=1))),
        When(edition__date_precision="year", then=Value(today.replace(month=1, day=1))),
        default=Value(today),
        output_field=models.DateField(),
    )
    return Q(LessThan(Coalesce("edition__ends_on", "edition__starts_on"), first_day_after))


class PresentationQuerySet(models.QuerySet["Presentation"]):
    def public(self) -> Self:
        """What the public may know of: approved, not withdrawn, and its session and edition published."""
        return self.filter(
            Q(edition=None) | Q(edition__is_published=True),
            Q(session=None) | Q(session__status=Session.Status.PUBLISHED),
            current_file__isnull=False,
            withdrawn_at=None,
        )

    def open_at(self, at: datetime | None = None) -> Self:
        """Past their release moment: a fixed one, or the end of their session."""
        at = at or clock.now()
        slots = Slot.objects.released().filter(session=OuterRef("session"), ends_at__isnull=False)
        session_ends_at = Subquery(slots.order_by("-ends_at").values("ends_at")[:1])
        is_over = Q(session_ends_at__lte=at) | Q(session_ends_at=None) & edition_is_over(at)
        return self.alias(session_ends_at=session_ends_at).filter(
            Q(opens_at=None) | Q(opens_at__lte=at), Q(opens_after_session=False) | is_over
        )

    def own(self, viewer: Viewer) -> Self:
        """Presentations this person uploaded, wrote or presented."""
        if viewer.user_id is None:
            return self.none()
        on_stage = Session.objects.filter(appearances__speaker__user=viewer.user_id)
        return self.filter(
            Q(uploaded_by=viewer.user_id)
            | Q(session__in=on_stage)
            | Q(pk__in=Credit.objects.filter(speaker__user=viewer.user_id).values("presentation"))
        )

    def manageable_by(self, viewer: Viewer) -> Self:
        """Seen in every state: by organisers all, by speakers and uploaders their own."""
        return self.all() if viewer.is_organiser else self.own(viewer)

    def listed_to(self, viewer: Viewer, at: datetime | None = None) -> Self:
        """Whose page and entry this viewer sees, whether or not the file is open to them."""
        audience = Q() if viewer.is_organiser else ~Q(audience=Presentation.Audience.ORGANISERS)
        listed = self.public().filter(audience)
        if viewer.user_id is None:
            return listed
        return self.filter(
            Q(pk__in=listed.values("pk")) | Q(pk__in=self.model.objects.manageable_by(viewer).values("pk"))
        )

    def for_lists(self) -> Self:
        """In the order of the sessions, with what a row shows."""
        order = ["session__position", F("session__number").asc(nulls_last=True), "session__title"]
        return self.select_related("current_file", "session").order_by(*order, *self.model._meta.ordering)

    def for_page(self) -> Self:
        """With its session and authors, each knowing whether the public has a page of them."""
        on_stage = Speaker.objects.on_stage().filter(pk=OuterRef("speaker"))
        credits_ = Credit.objects.select_related("speaker").annotate(is_on_stage=Exists(on_stage))
        return self.select_related("current_file__preview", "session__edition", "edition").prefetch_related(
            models.Prefetch("credits", credits_)
        )

    def downloadable_by(self, viewer: Viewer, at: datetime | None = None) -> Self:
        """Whose current file this viewer may have. Every way to a file asks here."""
        audience = Q(audience=Presentation.Audience.EVERYONE)
        if viewer.user_id is not None:
            audience |= Q(audience=Presentation.Audience.MEMBERS)
            audience |= Q(audience=Presentation.Audience.ATTENDEES, edition__in=viewer.editions_confirmed)
        opened = self.public().open_at(at).filter(audience)
        if viewer.user_id is None:
            return opened
        manageable = self.model.objects.manageable_by(viewer)
        return self.filter(
            Q(pk__in=opened.values("pk")) | Q(pk__in=manageable.values("pk")), current_file__isnull=False
        )


class Presentation(models.Model):
    class Kind(models.TextChoices):
        SLIDES = "slides", _("slides")
        HANDOUT = "handout", _("hand-out")
        PAPER = "paper", _("paper")
        VIDEO = "video", _("video")
        AUDIO = "audio", _("sound")
        IMAGES = "images", _("images")
        OTHER = "other", _("other material")

    class Audience(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        MEMBERS = "members", _("everyone with an account")
        ATTENDEES = "attendees", _("attendees of the edition")
        ORGANISERS = "organisers", _("organisers only")

    class Licence(models.TextChoices):
        CC_BY = "cc-by", _("CC BY 4.0: share and adapt, naming the author")
        CC_BY_SA = "cc-by-sa", _("CC BY-SA 4.0: share and adapt under the same licence")
        CC_BY_NC = "cc-by-nc", _("CC BY-NC 4.0: share and adapt, not for profit")
        RESERVED = "reserved", _("All rights reserved: for your own reading")

    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey(
        Session,
        models.PROTECT,
        related_name="presentations",
        null=True,
        blank=True,
        verbose_name=_("session"),
    )
    edition = models.ForeignKey(
        Edition, models.PROTECT, related_name="presentations", null=True, blank=True, verbose_name=_("edition"),
        help_text=_("Follows the session when there is one."),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=300)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.SLIDES)
    language = models.CharField(
        _("language"), max_length=10, default="en", help_text=_("A code such as en or nl")
    )
    licence = models.CharField(_("licence"), max_length=8, choices=Licence.choices, default=Licence.CC_BY)
    audience = models.CharField(
        _("open to"), max_length=10, choices=Audience.choices, default=Audience.MEMBERS
    )
    topics = models.ManyToManyField(Topic, related_name="presentations", blank=True, verbose_name=_("topics"))
    for_whom = models.ManyToManyField(
        "Audience", related_name="presentations", blank=True, verbose_name=_("for whom")
    )
    levels = models.ManyToManyField(
        Level, related_name="presentations", blank=True, verbose_name=_("education levels"),
        help_text=_("None: for all."),
    )  # fmt: skip
    subjects = models.ManyToManyField(
        Subject, related_name="presentations", blank=True, verbose_name=_("subjects"),
        help_text=_("None: for all."),
    )  # fmt: skip
    competences = models.ManyToManyField(
        Competence, related_name="presentations", blank=True, verbose_name=_("competences")
    )
    age_from = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    country = CountryField(
        _("country"), blank=True, help_text=_("That it is about, or where the practice comes from.")
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="presentations", null=True, blank=True, verbose_name=_("theme"),
        help_text=_("Empty: that of the edition."),
    )  # fmt: skip
    doi = models.CharField(
        _("DOI"), max_length=120, blank=True, validators=[RegexValidator(DOI, _("A DOI such as 10.1234/abc"))]
    )
    notes_are_shown = models.BooleanField(
        _("speaker's notes are shown"), default=False, help_text=_("Readers see them and find words in them.")
    )
    open_pages = models.PositiveSmallIntegerField(
        _("pages open to everybody"), null=True, blank=True,
        help_text=_("So many first pages can be seen before the gate. Empty: as many as the edition says."),
    )  # fmt: skip
    is_practice = models.BooleanField(_("practice of a member"), default=False, editable=False)
    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    opens_after_session = models.BooleanField(_("opens after the session"), default=False)
    current_file = models.ForeignKey(
        "PresentationFile", models.RESTRICT, related_name="+", null=True, blank=True, editable=False,
        verbose_name=_("public file"),
    )  # fmt: skip
    uploaded_by = models.ForeignKey(
        "conference.User", models.SET_NULL, related_name="+", null=True, blank=True, editable=False,
        verbose_name=_("uploaded by"),
    )  # fmt: skip
    position = models.PositiveIntegerField(_("position"), default=0)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PresentationQuerySet.as_manager()

    class Meta:
        verbose_name = _("presentation")
        verbose_name_plural = _("presentations")
        ordering = ["position", "title", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attendees_of_which_edition",
                condition=~Q(audience="attendees") | Q(edition__isnull=False),
                violation_error_message=_("“Attendees” needs an edition: attendees of what?"),
            ),
            models.CheckConstraint(
                name="a_session_fixes_the_edition",
                condition=Q(session=None) | Q(edition__isnull=False),
                violation_error_message=_("The edition is that of the session."),
            ),
            models.CheckConstraint(
                name="ages_go_up",
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                violation_error_message=_("The second age is not below the first."),
            ),
            models.CheckConstraint(
                name="practice_has_no_session",
                condition=Q(is_practice=False) | Q(session=None, edition=None),
                violation_error_message=_("A member's own practice belongs to no edition."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("sessions:presentation", self.guid)

    def clean(self) -> None:
        if self.session and self.edition_id != self.session.edition_id:
            raise ValidationError({"edition": _("The edition is that of the session.")})


class Credit(models.Model):
    """An author of a presentation, with the name as printed."""

    presentation = models.ForeignKey(
        Presentation, models.CASCADE, related_name="credits", verbose_name=_("presentation")
    )
    speaker = models.ForeignKey(
        Speaker, models.SET_NULL, related_name="credits", null=True, blank=True, verbose_name=_("speaker")
    )
    name = models.CharField(_("name as printed"), max_length=200)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["position", F("pk").asc()]

    def __str__(self) -> str:
        return self.name

    @property
    def public_name(self) -> str:
        """As printed; a minor is called by the first name, whatever was printed."""
        return self.speaker.public_name if self.speaker and self.speaker.is_minor else self.name
