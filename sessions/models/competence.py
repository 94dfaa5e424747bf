"""What people learn in a session, in the words of a list such as global citizenship."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Competence(models.Model):
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    framework = models.CharField(
        _("list"), max_length=120, blank=True, help_text=_("Where it comes from, such as Global citizenship")
    )
    address = models.URLField(_("web address"), blank=True, help_text=_("Where that list is explained"))
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ["framework", "position", "name"]

    def __str__(self) -> str:
        return self.name
