"""Mails of one letter, in the list of all mails."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from conference.admin.outbox import MORE_FILTERS
from registration.models import Addressee, Letter

MOST_OFFERED = 50


class LetterFilter(admin.SimpleListFilter):
    """The newest letters that went to somebody; whose people are forgotten has no mails to show either."""

    title = _("letter")
    parameter_name = "letter"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        sent = Addressee.objects.order_by().values("letter")
        letters = Letter.objects.filter(pk__in=sent).select_related("edition").order_by("-pk")
        return [(str(one.guid), f"{one} · {one.edition}") for one in letters[:MOST_OFFERED]]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if not (value := self.value()):
            return queryset
        try:
            return queryset.filter(addressee__letter__guid=UUID(value))
        except ValueError:
            return queryset.none()


MORE_FILTERS.append(LetterFilter)
