"""Links from an edition's form to the groups of its sessions and to their outcomes."""

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conference.admin.edition_pages import EditionPage, Stage
from conference.models import Edition


def may_view(model: str) -> Callable[[HttpRequest], bool]:
    return lambda request: request.user.has_perm(f"registration.view_{model}")


def list_of(model: str) -> Callable[[Edition], str]:
    return lambda row: f"{reverse(f'admin:registration_{model}_changelist')}?edition={row.pk}"


PAGES = [
    EditionPage(
        stage=Stage.REGISTRATION,
        words=_("Groups"),
        may=may_view("groupplan"),
        address=list_of("groupplan"),
    ),
    EditionPage(
        stage=Stage.AFTERWARDS, words=_("Outcomes"), may=may_view("outcome"), address=list_of("outcome")
    ),
]
