"""Which column of a sheet meant what, the last time such a list came into an edition."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import Edition


class ColumnMemory(models.Model):
    edition = models.ForeignKey(
        Edition, models.CASCADE, related_name="column_memories", verbose_name=_("edition")
    )
    kind = models.CharField(_("kind"), max_length=40)
    columns = models.JSONField(default=dict)  # by heading; what was not used has an empty meaning

    class Meta:
        verbose_name = _("Columns")
        verbose_name_plural = _("Columns")
        ordering = ["edition", "kind"]
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="columns_remembered_once")]

    def __str__(self) -> str:
        return self.kind
