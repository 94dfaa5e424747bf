"""Why a certificate cannot be issued or taken back, in words for the organiser."""

from django.utils.translation import gettext as _

from registration.exceptions import Refusal


class NotConfirmed(Refusal):
    def __str__(self) -> str:
        return _("Only a confirmed registration can get a certificate.")


class HasCertificate(Refusal):
    def __str__(self) -> str:
        return _("This person has a valid certificate already.")


class HasNoName(Refusal):
    def __str__(self) -> str:
        return _("The account has no name.")


class RevokedAlready(Refusal):
    def __str__(self) -> str:
        return _("This certificate is revoked already.")


class NothingToCorrect(Refusal):
    def __str__(self) -> str:
        return _("Name and organisation are as they stand on the certificate.")
