"""Make the first organiser of an empty site and print the link with which they choose a password."""

from typing import Any

from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from conference.accounts.adapter import reset_path
from conference.mail import absolute
from conference.models import User


class Command(BaseCommand):
    help = "Makes an organiser's account if there is none, and prints a link that lets them in once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", default="", help="Their address; without it ORGANISER_EMAIL is read.")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        email = (email or settings.ORGANISER_EMAIL).strip().lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError("Name an address: --email ada@example.org, or ORGANISER_EMAIL.") from error
        organiser = organiser_with(email)
        if not organiser:
            self.stdout.write("This site has an organiser already; they log in as everybody does.")
            return
        self.stdout.write(f"Organiser: {organiser.email}")
        self.stdout.write(f"Choose a password here, once, within an hour: {one_time_link(organiser)}")


@transaction.atomic
def organiser_with(email: str) -> User | None:
    """The organiser who cannot log in yet, made if the site has none; None once one can."""
    organisers = User.objects.filter(is_superuser=True, is_active=True)
    mine = organisers.filter(email__iexact=email).first()
    if mine:
        return None if can_log_in(mine) else mine
    if any(can_log_in(organiser) for organiser in organisers):
        return None
    if User.objects.filter(email__iexact=email).exists():
        raise CommandError("This address has an account that is not an organiser's; name another address.")
    made = User.objects.create_superuser(email, name=email.partition("@")[0])
    EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=True)
    return made


def can_log_in(user: User) -> bool:
    return user.has_usable_password() or Authenticator.objects.filter(user=user).exists()


def one_time_link(user: User) -> str:
    token = PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return absolute(reset_path(f"{user_pk_to_url_str(user)}-{token}"))
