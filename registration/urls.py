"""Addresses of registering, of a person's own registration, and of downloads."""

from django.urls import path

from registration.views import downloads, own, register, workshops

app_name = "registration"
urlpatterns = [
    path("accounts/registrations/", own.my_registrations, name="my_registrations"),
    path("presentations/<uuid:guid>/download/", downloads.download, name="download"),
    path(
        "presentations/<uuid:guid>/versions/<uuid:version>/",
        downloads.download_version,
        name="download_version",
    ),
    path("<slug:edition>/register/", register.register, name="register"),
    path("<slug:edition>/my-registration/", own.my_registration, name="my_registration"),
    path("<slug:edition>/my-registration/edit/", own.edit, name="edit"),
    path("<slug:edition>/my-registration/cancel/", own.cancel, name="cancel"),
    path("<slug:edition>/workshops/<slug:slug>/book/", workshops.book, name="book"),
    path("<slug:edition>/workshops/<slug:slug>/give-back/", workshops.give_back, name="give_back"),
]
