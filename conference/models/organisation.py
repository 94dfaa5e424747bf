"""A school, NPO, company or public body that has a part in an edition or stands behind a speaker."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def known_as(self, slug: str) -> "Organisation | None":
        """The organisation at this address, or the one that it was merged into."""
        return self.filter(slug=slug).first() or self.filter(former_addresses__slug=slug).first()


class Organisation(models.Model):
    class Kind(models.TextChoices):
        SCHOOL = "school", _("school")
        HIGHER_EDUCATION = "higher_education", _("university or university college")
        NPO = "npo", _("non-profit organisation")
        FEDERATION = "federation", _("federation")
        PUBLIC_BODY = "public_body", _("public body")
        INSTITUTE = "institute", _("institute")
        COMPANY = "company", _("company")
        PROJECT = "project", _("project")
        PROGRAMME = "funding", _("funding programme")

    name = models.CharField(_("name"), max_length=250)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    slug = models.SlugField(_("address"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.NPO)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = CountryField(_("country"), blank=True)
    website = models.URLField(_("website"), blank=True)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    domain = models.CharField(
        _("mail domain"), max_length=120, blank=True,
        help_text=_("Whoever has a confirmed address there joins without being asked, such as school.example."),
    )  # fmt: skip

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if FormerAddress.objects.filter(slug=self.slug).exclude(organisation=self.pk).exists():
            raise ValidationError({"slug": _("This address leads to an organisation that was merged.")})

    @property
    def full_name(self) -> str:
        """The name with its acronym, as it stands once on a page."""
        return f"{self.acronym} – {self.name}" if self.acronym else self.name


class FormerAddress(models.Model):
    """Where an organisation stood before it was merged with another, so that links survive."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="former_addresses", verbose_name=_("organisation")
    )
    slug = models.SlugField(_("address"), max_length=120, unique=True)

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")

    def __str__(self) -> str:
        return self.slug
