"""What every admin of the site is, whatever it is of; the site mixes it in when a model is registered."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model

# What the mixins are mixed into; only the type checker needs to know.
if TYPE_CHECKING:

    class AnyAdmin(admin.ModelAdmin): ...
else:
    AnyAdmin = object


def dressed(model: type[Model], admin_class: type[admin.ModelAdmin]) -> type[admin.ModelAdmin]:
    """The class with what every admin has: former states, forms that two may open, its list as a file."""
    from conference.sheets.taking_out import ListOutMixin  # only now: these look at models
    from conference.trail.admin import TrailMixin
    from conference.trail.records import tracked
    from conference.trail.seeing import Seen

    more: dict[str, Any] = {"__module__": admin_class.__module__}
    if tracked(model) and not issubclass(admin_class.form, Seen):
        more["form"] = type(admin_class.form.__name__, (Seen, admin_class.form), {})
    return type(admin_class.__name__, (TrailMixin, ListOutMixin, admin_class), more)
