"""Buttons on an edition's form that lead to the groups of its sessions and to their outcomes."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.base import AnyAdmin
from conference.models import Edition

LISTS = [("groupplan", _("Groups")), ("outcome", _("Outcomes"))]


class GroupsMixin(AnyAdmin):
    def row_links(self, request: HttpRequest, row: Edition) -> list[dict[str, Any]]:
        links = super().row_links(request, row)  # type: ignore[misc]
        return links + [
            {
                "address": f"{reverse(f'admin:registration_{name}_changelist')}?edition={row.pk}",
                "words": words,
            }
            for name, words in LISTS
            if request.user.has_perm(f"registration.view_{name}")
        ]
