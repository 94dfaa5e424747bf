from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistrationConfig(AppConfig):
    name = "registration"
    verbose_name = _("Registration")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from conference.accounts.closing import BEFORE_CLOSING
        from conference.metrics import SOURCES as FIGURES
        from conference.services.outbox import ALSO_HELD
        from conference.sheets.taking_out import NEEDED
        from registration import automatic_mails, conflicts  # noqa: F401 # mails and rules register themselves
        from registration.badges import printing  # noqa: F401 # long work
        from registration.certificates import enclosing, tasks  # noqa: F401 # files of mails, long work
        from registration.exporting import tasks as exporting  # noqa: F401 # long work
        from registration.groups import in_publications, on_session_page
        from registration.letters.forgetting import forget_person
        from registration.letters.sending import hold_letters
        from registration.lists_in import attendees  # noqa: F401 # long lists
        from registration.packs import tasks as packing  # noqa: F401 # long work
        from registration.places import with_places_left
        from registration.rounds import tasks as allocating  # noqa: F401 # long work
        from registration.running import registrations
        from registration.services.closing import leave_registrations
        from registration.services.waiting_list import fill_published
        from registration.tickets import enclosed  # noqa: F401 # what is attached to mails
        from sessions.filters import register_places
        from sessions.publications.outcomes import SOURCES
        from sessions.services.publishing import AFTER_PUBLISHING
        from sessions.surroundings import BRANCHES

        # Lists of people leave the house only with those who may export people.
        NEEDED.update(dict.fromkeys(["registration", "conference.user"], "registration.export_registration"))
        AFTER_PUBLISHING.append(fill_published)
        ALSO_HELD.append(hold_letters)
        BEFORE_CLOSING.insert(0, forget_person)  # before the page on stage is nobody's
        BEFORE_CLOSING.append(leave_registrations)
        FIGURES.append(registrations)
        register_places(with_places_left)
        BRANCHES.extend([on_session_page.groups, on_session_page.outcomes])
        SOURCES.append(in_publications.decisions)
