from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationConfig(AppConfig):
    name = "registration"
    verbose_name = _("Registration")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from registration import conflicts  # noqa: F401 # its rules register themselves
        from registration.places import with_places_left
        from registration.services.waiting_list import fill_published
        from sessions.filters import register_places
        from sessions.services.publishing import AFTER_PUBLISHING

        AFTER_PUBLISHING.append(fill_published)
        register_places(with_places_left)
