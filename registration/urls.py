"""Addresses of registering, of a person's own registration, and of downloads."""

from django.urls import path

from registration.views import (
    certificates,
    changes,
    consents,
    downloads,
    facilitators,
    my_programme,
    outcomes,
    own,
    register,
    stars,
    tickets,
    workshops,
)

app_name = "registration"
urlpatterns = [
    path("accounts/registrations/", own.my_registrations, name="my_registrations"),
    path("presentations/<uuid:guid>/download/", downloads.download, name="download"),
    path(
        "presentations/<uuid:guid>/versions/<uuid:version>/",
        downloads.download_version,
        name="download_version",
    ),
    path("my/stars/", stars.star, name="star"),
    path("my/certificates/<uuid:guid>/", certificates.certificate, name="certificate"),
    path("verify/", certificates.ask_for_code, name="verify_ask"),
    path("verify/<str:code>/", certificates.verify, name="verify"),
    path("my/calendar/", my_programme.calendar_address, name="calendar_address"),
    path("my/calendar/<str:token>.ics", my_programme.calendar, name="calendar"),
    path("<slug:edition>/my-programme/", my_programme.my_programme, name="my_programme"),
    path("<slug:edition>/register/", register.register, name="register"),
    path(
        "<slug:edition>/register/invited/<str:key>/",
        register.register_invited,
        name="register_invited",
    ),
    path("<slug:edition>/my-registration/", own.my_registration, name="my_registration"),
    path("<slug:edition>/my-registration/ticket/", tickets.ticket, name="ticket"),
    path("<slug:edition>/my-registration/ticket.ics", tickets.ticket_calendar, name="ticket_calendar"),
    path("<slug:edition>/my-registration/ticket/reissue/", tickets.reissue, name="reissue_ticket"),
    path("<slug:edition>/my-registration/edit/", own.edit, name="edit"),
    path(
        "<slug:edition>/my-registration/consents/<int:pk>/withdraw/",
        consents.withdraw,
        name="withdraw_consent",
    ),
    path("<slug:edition>/my-registration/cancel/", own.cancel, name="cancel"),
    path("<slug:edition>/my-registration/type/", changes.change_type, name="change_type"),
    path("<slug:edition>/my-registration/invoice/", changes.invoice, name="invoice"),
    path("<slug:edition>/sessions/<slug:slug>/people/", facilitators.people, name="people"),
    path(
        "<slug:edition>/sessions/<slug:slug>/people/write/",
        facilitators.write,
        name="write_to_people",
    ),
    path("<slug:edition>/sessions/<slug:slug>/outcomes/", outcomes.outcomes, name="outcomes"),
    path("<slug:edition>/sessions/<slug:slug>/outcomes.pdf", outcomes.outcomes_pdf, name="outcomes_pdf"),
    path("<slug:edition>/workshops/<slug:slug>/book/", workshops.book, name="book"),
    path("<slug:edition>/workshops/<slug:slug>/give-back/", workshops.give_back, name="give_back"),
]
