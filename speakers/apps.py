from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpeakersConfig(AppConfig):
    name = "speakers"
    verbose_name = _("Speakers")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from speakers import automatic_mails  # noqa: F401 # its mails register themselves
