from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class ConferenceConfig(AppConfig):
    name = "conference"
    verbose_name = _("Conference")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("conference.lookups")
        import_module("conference.sqlite")
        import_module("conference.privacy.own_page")  # long work
        import_module("conference.automatic_mails")
        import_module("conference.mail.edited")
        import_module("conference.checks")
        if settings.SENTRY_DSN:
            import_module("conference.error_reports").start()


class ConferenceAdminConfig(admin_apps.AdminConfig):
    """Django's admin, on our own site object."""

    default = False
    default_site = "conference.admin_site.ConferenceAdminSite"

    def ready(self) -> None:
        from conference.admin_moments import bound_years

        bound_years()  # before the first form is made
        super().ready()
