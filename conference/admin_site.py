"""The organisers' entrance: log-in is that of the site, and foreign models stay outside.

It stands beside the package `admin`, because importing that registers models on it.
"""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from conference.accounts.staff import SecondFactorMixin
from conference.admin_kinds import dressed
from conference.models import Edition

# Addresses, second factors and sessions are personal: people manage their own under /accounts/.
PERSONAL_APPS = {"account", "mfa", "usersessions"}
# What organisers open daily comes first.
APP_ORDER = ["conference_sessions", "registration", "speakers", "conference"]


@method_decorator(secure_admin_login, name="login")
class ConferenceAdminSite(SecondFactorMixin, admin.AdminSite):  # type: ignore[misc]
    site_header = site_title = _("Organising the conference")
    index_title = _("Overview")
    enable_nav_sidebar = False  # the lists need the width

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = model_or_iterable if isinstance(model_or_iterable, (list, tuple)) else [model_or_iterable]
        ours = [model for model in models if model._meta.app_label not in PERSONAL_APPS]
        for model in ours:
            super().register([model], dressed(model, admin_class or admin.ModelAdmin), **options)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return super().each_context(request) | {"site_url": reverse("conference:home")}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """The programme first, what is set up once last."""
        apps = super().get_app_list(request, app_label)
        known = [app for label in APP_ORDER for app in apps if app["app_label"] == label]
        return known + [app for app in apps if app not in known]

    def get_urls(self) -> list[Any]:
        from conference.admin import tasks  # only now: importing it registers models on this site
        from conference.trail.page import trail_page

        views = {"page": tasks.task_page, "state": tasks.task_state, "file": tasks.task_file}
        paths = {
            "page": "tasks/<uuid:guid>/",
            "state": "tasks/<uuid:guid>/state/",
            "file": "tasks/<uuid:guid>/file/",
        }
        own = [path(paths[name], self.admin_view(view), name=f"task_{name}") for name, view in views.items()]
        own.append(path("trail/", self.admin_view(trail_page), name="trail"))
        return own + super().get_urls()

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The front page shows the current edition, or the one asked for, in numbers."""
        editions = Edition.objects.for_lists()
        asked = request.GET.get("edition", "")
        chosen = editions.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None
        shown = {
            "shown_edition": chosen or Edition.objects.current() or editions.first(),
            "editions": editions,
        }
        return super().index(request, {**shown, **(extra_context or {})})
