"""A collection of presentations and texts over editions and themes: its contents are public, its parts open one by one."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference.addresses import address
from conference.former_addresses import FormerSlug, refuse_former_address_of_another
from conference.models import Series, Theme
from sessions.models.presentation import Presentation
from sessions.models.presentation_file import private_storage
from sessions.models.session import Session


def picture_name(part: "PublicationPart", client_name: str) -> str:
    """A generated name in the private store; what the form made of the picture says its kind."""
    return f"publications/{uuid.uuid4().hex}{client_name[client_name.rfind('.') :]}"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def published(self) -> Self:
        return self.filter(is_published=True)


class Publication(models.Model):
    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=300)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    series = models.ForeignKey(
        Series, models.SET_NULL, related_name="publications", null=True, blank=True, verbose_name=_("series")
    )
    themes = models.ManyToManyField(Theme, related_name="publications", blank=True, verbose_name=_("themes"))
    editors = models.CharField(_("editors"), max_length=300, blank=True, help_text=_("Names as printed"))
    introduction = models.TextField(
        _("introduction"), blank=True, help_text=_("Markdown; everybody can read it.")
    )
    start_year = models.PositiveIntegerField(_("first year"), null=True, blank=True)
    end_year = models.PositiveIntegerField(_("last year"), null=True, blank=True)
    language = models.CharField(
        _("language"), max_length=10, default="en", help_text=_("A code such as en or nl")
    )
    licence = models.CharField(
        _("licence"), max_length=8, choices=Presentation.Licence.choices, default=Presentation.Licence.CC_BY
    )
    doi = models.CharField(_("DOI"), max_length=120, blank=True, help_text=_("Such as 10.1234/abc"))
    published_on = models.DateField(_("published on"), null=True, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = [F("end_year").desc(nulls_last=True), "title"]
        constraints = [
            models.CheckConstraint(
                name="publication_ends_after_it_starts",
                condition=Q(start_year=None) | Q(end_year=None) | Q(end_year__gte=F("start_year")),
                violation_error_message=_("The last year of a publication is not before its first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address("sessions:publication", self.slug)

    def clean(self) -> None:
        refuse_former_address_of_another(self)


class FormerPublication(FormerSlug):
    now = models.ForeignKey(
        Publication, models.CASCADE, related_name="former_addresses", verbose_name=_("publication")
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")


class PublicationPart(models.Model):
    """A chapter heading, a text of the editors, a presentation, what a session's groups decided, or a picture."""

    class Kind(models.TextChoices):
        CHAPTER = "chapter", _("chapter")
        TEXT = "text", _("text")
        PRESENTATION = "presentation", _("presentation")
        OUTCOMES = "outcomes", _("outcomes of a session")
        PICTURE = "picture", _("picture")

    class OpenTo(models.TextChoices):
        EVERYONE = "everyone", _("everyone")
        MEMBERS = "members", _("everyone with an account")

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="parts", verbose_name=_("publication")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.TEXT)
    position = models.PositiveIntegerField(_("position"), default=0)
    title = models.CharField(
        _("title"), max_length=300, blank=True, help_text=_("Empty: that of what is shown.")
    )
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown"))
    presentation = models.ForeignKey(
        Presentation, models.PROTECT, related_name="parts", null=True, blank=True,
        verbose_name=_("presentation"), help_text=_("Its own rule says who may have it."),
    )  # fmt: skip
    session = models.ForeignKey(
        Session, models.PROTECT, related_name="publication_parts", null=True, blank=True,
        verbose_name=_("session"),
    )  # fmt: skip
    theme = models.ForeignKey(
        Theme, models.PROTECT, related_name="publication_parts", null=True, blank=True,
        verbose_name=_("theme"), help_text=_("Of a chapter."),
    )  # fmt: skip
    picture = models.ImageField(
        _("picture"), upload_to=picture_name, storage=private_storage, max_length=200, blank=True
    )
    picture_text = models.CharField(
        _("what the picture shows"), max_length=300, blank=True, help_text=_("For those who cannot see it")
    )
    open_to = models.CharField(
        _("open to"), max_length=8, choices=OpenTo.choices, default=OpenTo.MEMBERS,
        help_text=_("That it is there everybody sees."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "presentation"], condition=Q(presentation__isnull=False),
                name="presentation_once_in_a_publication",
                violation_error_message=_("This publication has that presentation already."),
            ),
            models.CheckConstraint(
                name="part_has_what_its_kind_needs",
                condition=(
                    Q(kind="presentation", presentation__isnull=False)
                    | Q(kind="outcomes", session__isnull=False)
                    | (Q(kind="picture") & ~Q(picture="") & ~Q(picture_text=""))
                    | (Q(kind="text") & ~Q(body=""))
                    | (Q(kind="chapter") & (~Q(title="") | Q(theme__isnull=False)))
                ),
                violation_error_message=_(
                    "Choose the presentation or session, write the text, give the picture with what it shows, or "
                    "the chapter its title or theme."
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title or self.get_kind_display()
