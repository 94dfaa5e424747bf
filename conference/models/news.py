"""News: a short text of an edition or of the whole site, public from a moment on, at an address that stays."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.addresses import address
from conference.models.edition import Edition
from conference.translated_columns import in_languages


class NewsQuerySet(models.QuerySet["NewsItem"]):
    def published(self, at: datetime | None = None) -> Self:
        """Whose moment has come, of editions that the public knows."""
        rows = self.filter(published_at__lte=at or clock.now())
        return rows.filter(Q(edition=None) | Q(edition__is_published=True))

    def for_lists(self) -> Self:
        """Without their texts."""
        return self.select_related("edition").defer(*in_languages("body"))

    def on_front_page_of(self, edition: Edition) -> Self:
        """Its own, and those of the whole site."""
        return self.filter(Q(edition=None) | Q(edition=edition))


class NewsItem(models.Model):
    guid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="news", null=True, blank=True, verbose_name=_("edition"),
        help_text=_("Empty: news of the whole site."),
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(
        _("address"), max_length=80,
        help_text=_("Last part of its address. It never changes, so that links survive."),
    )  # fmt: skip
    summary = models.CharField(
        _("summary"), max_length=300, blank=True,
        help_text=_("One or two sentences for lists, feeds and search engines"),
    )  # fmt: skip
    body = models.TextField(_("text"), blank=True, help_text=_("Markdown"))
    picture = models.ImageField(_("picture"), upload_to="news/", blank=True)
    picture_description = models.CharField(
        _("what the picture shows"), max_length=200, blank=True,
        help_text=_("For those who cannot see it"),
    )  # fmt: skip
    published_at = models.DateTimeField(
        _("public from"), null=True, blank=True,
        help_text=_("Empty: a draft, which only organisers see."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
        ordering = [F("published_at").desc(nulls_first=True), "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug"], condition=Q(edition=None), name="news_once_on_the_site",
                violation_error_message=_("The site has news at this address already."),
            ),
            models.UniqueConstraint(
                fields=["edition", "slug"], condition=Q(edition__isnull=False), name="news_once_in_an_edition",
                violation_error_message=_("This edition has news at this address already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.edition_id and self.edition:
            return address("conference:edition_news_item", self.edition.slug, self.slug)
        return address("conference:news_item", self.slug)

    def is_public(self, at: datetime | None = None) -> bool:
        has_come = bool(self.published_at and self.published_at <= (at or clock.now()))
        return has_come and (self.edition is None or self.edition.is_published)

    @property
    def changed_at(self) -> datetime:
        """When its public text last became another: the moment it came out, or a correction since."""
        return max(self.published_at, self.updated_at) if self.published_at else self.updated_at
