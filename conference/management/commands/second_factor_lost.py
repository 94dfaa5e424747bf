"""Take the second factor off an account whose owner lost it, where no other organiser is left to help."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from conference.models import User

NOTED = "The second factor was taken off on the server."


class Command(BaseCommand):
    help = "Takes codes and passkeys off an account and logs it out everywhere; its password stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True, help="The address of the account.")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if user is None:
            raise CommandError("No account has this address.")
        if not take_off(user):
            raise CommandError("This account has no second factor.")
        self.stdout.write(
            f"{user.email} has no second factor any more and is logged out everywhere. After the next log-in the site "
            "asks organisers to set up a new one. The history of the account says that this was done."
        )


@transaction.atomic
def take_off(user: User) -> bool:
    """Whether there was one. Open sessions end: nobody knows who has what was lost."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    taken, _kinds = Authenticator.objects.filter(user=user).delete()
    if not taken:
        return False
    for session in UserSession.objects.filter(user=user):
        session.end()
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=str(user)[:200],
        action_flag=CHANGE,
        change_message=NOTED,
    )
    return True
