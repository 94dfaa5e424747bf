"""The pages that hang off an edition's form: rooms name theirs here, and they become addresses and grouped links."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from types import MethodType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import AnyAdmin
from conference.models import Edition


class Stage(Enum):
    """The headings above the form, in the order in which an edition is made."""

    PROGRAMME = _("Programme")
    REGISTRATION = _("Registration")
    ON_THE_DAY = _("On the day")
    AFTERWARDS = _("Afterwards")


@dataclass(frozen=True, kw_only=True)
class EditionPage:
    """One page: its address below /admin/conference/edition/<pk>/, and the link that leads there.

    Without `words` no link stands above the form; without `view` the page has its address elsewhere, which
    `address` tells for an edition: empty when there is nothing to follow yet.
    """

    name: str = ""
    path: str = ""
    view: Callable[..., HttpResponse] | None = None
    stage: Stage = Stage.PROGRAMME
    words: Any = ""
    may: Callable[[HttpRequest], bool] = lambda request: False
    address: Callable[[Edition], str] | None = None

    def address_for(self, edition: Edition) -> str:
        return self.address(edition) if self.address else reverse(f"admin:{self.name}", args=[edition.pk])


class EditionPagesMixin(AnyAdmin):
    """Serves the pages of an edition, and shows links to those this person may follow."""

    pages: list[EditionPage] = []

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(
                f"<int:pk>/{page.path}",
                self.admin_site.admin_view(MethodType(page.view, self)),
                name=page.name,
            )
            for page in self.pages
            if page.view
        ]
        return [*own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> Any:
        if row := kwargs.get("obj"):
            context["page_groups"] = self.page_groups(request, row)
        return super().render_change_form(request, context, *args, **kwargs)

    def page_groups(self, request: HttpRequest, row: Edition) -> list[dict[str, Any]]:
        links = [
            (page.stage, {"address": page.address_for(row), "words": page.words})
            for page in self.pages
            if page.words and page.may(request)
        ]
        found = [
            {
                "heading": stage.value,
                "links": [link for own, link in links if own is stage and link["address"]],
            }
            for stage in Stage
        ]
        return [group for group in found if group["links"]]
