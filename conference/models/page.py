"""The site's own row, and the pages that organisers write."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.addresses import address
from conference.models.edition import Edition
from conference.translated_columns import in_languages

PRIVACY = "privacy"  # the site's page of this address stands above the register of personal data


class Site(models.Model):
    name = models.CharField(_("name"), max_length=120, default="Conference")
    contact_email = models.EmailField(_("contact address"), blank=True)
    legal_notice = models.TextField(_("legal notice"), blank=True, help_text=_("Markdown"))
    languages = models.CharField(
        _("languages"), max_length=80, blank=True, default="", db_default="",
        help_text=_("In which languages the pages of no edition are written and offered."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("site")
        constraints = [models.CheckConstraint(name="one_site", condition=Q(pk=1))]

    def __str__(self) -> str:
        return self.name


class PageQuerySet(models.QuerySet["Page"]):
    def published(self) -> Self:
        return self.filter(is_published=True)

    def privacy(self) -> "Page | None":
        """What people agree to, without its text."""
        page = self.published().filter(slug=PRIVACY, edition=None)
        return page.only("slug", "edition", "updated_at").first()

    def privacy_version(self) -> str:
        """Which state of it a person agrees to now; empty while there is none."""
        page = self.privacy()
        return page.version if page else ""

    def for_menus(self, edition: Edition | None) -> Self:
        """Pages of the site and of this edition, without their texts."""
        return self.published().filter(Q(edition=None) | Q(edition=edition)).defer(*in_languages("body"))


class Page(models.Model):
    class Place(models.TextChoices):
        HEADER = "header", _("header")
        FOOTER = "footer", _("footer")
        NONE = "none", _("no menu")

    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="pages", null=True, blank=True, verbose_name=_("edition"),
        help_text=_("Empty: a page of the whole site."),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=80)
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown"))
    place = models.CharField(
        _("in the menu of the"), max_length=6, choices=Place.choices, default=Place.FOOTER
    )
    position = models.PositiveIntegerField(_("position"), default=0)
    is_published = models.BooleanField(_("published"), default=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = PageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"], condition=Q(edition=None), name="page_once_on_the_site",
                violation_error_message=_("The site has a page at this address already."),
            ),
            models.UniqueConstraint(
                fields=["edition", "slug"], condition=Q(edition__isnull=False), name="page_once_in_an_edition",
                violation_error_message=_("This edition has a page at this address already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.edition_id and self.edition:
            return address("conference:edition_page", self.edition.slug, self.slug)
        if self.slug == PRIVACY and self.is_published:
            return address("conference:privacy")  # above what the register says
        return address("conference:page", self.slug)

    @property
    def version(self) -> str:
        return f"{self.updated_at:%Y-%m-%d %H:%M}"
