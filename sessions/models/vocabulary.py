"""The words by which teachers look for a presentation: for whom it is, at which level, for which subject."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Word(models.Model):
    """One entry of a list that organisers keep."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Audience(Word):
    """For whom: teachers, teacher educators, pupils, policy makers. Who may have a file is another question."""

    class Meta(Word.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


class Level(Word):
    """At which level of education; none means all of them."""

    class Meta(Word.Meta):
        verbose_name = _("education level")
        verbose_name_plural = _("education levels")


class Subject(Word):
    """For which subject; none means all of them."""

    class Meta(Word.Meta):
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
