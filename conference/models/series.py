"""What editions belong to: a series that returns, a theme in the spotlight of some years."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conference.former_addresses import FormerSlug, refuse_former_address_of_another


class Series(models.Model):
    title = models.CharField(_("title"), max_length=300)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    subtitle = models.CharField(_("subtitle"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown"))
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("series")
        verbose_name_plural = pgettext_lazy("several", "series")
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title


class Theme(models.Model):
    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    series = models.ForeignKey(
        Series, models.CASCADE, related_name="themes", null=True, blank=True, verbose_name=_("series")
    )
    description = models.TextField(_("description"), blank=True, help_text=_("Markdown"))
    start_year = models.PositiveIntegerField(_("first year"))
    end_year = models.PositiveIntegerField(_("last year"))
    label = models.CharField(
        _("years as printed"), max_length=40, blank=True, help_text=_("For example 2017–2018")
    )

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["start_year", "end_year", "title"]
        constraints = [
            models.CheckConstraint(
                name="theme_ends_after_it_starts",
                condition=Q(end_year__gte=F("start_year")),
                violation_error_message=_("The last year of a theme is not before its first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("conference:theme", args=[self.slug])

    def clean(self) -> None:
        refuse_former_address_of_another(self)

    @property
    def years(self) -> str:
        if self.label:
            return self.label
        return (
            str(self.start_year) if self.start_year == self.end_year else f"{self.start_year}–{self.end_year}"
        )


class FormerTheme(FormerSlug):
    now = models.ForeignKey(Theme, models.CASCADE, related_name="former_addresses", verbose_name=_("theme"))

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
