"""Accounts, ways to log in, open sessions, memberships."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from conference.personal import rules
from conference.privacy import words
from conference.privacy.register import table
from conference.privacy.words import Basis, Group

ACCOUNT: dict[str, Any] = {"group": Group.ACCOUNT, "basis": Basis.CONTRACT}

table("conference.User", of="pk").keeps(
    "name email", what=_("Name and email address"), **ACCOUNT,
    purpose=_("To know you again, to write to you, and for ticket, badge and certificate."),
    seen_by=words.DOOR, until=rules.UNUSED,
).keeps(
    "country language", what=_("Country and language"), **ACCOUNT,
    purpose=_("To write to you in your language; for numbers by country."),
    seen_by=words.ORGANISERS, until=words.UNTIL_CHANGED,
).keeps(
    "password", what=_("Password, if you have one"), **ACCOUNT,
    purpose=_("To log you in. Kept in a form from which nobody can read it."),
    seen_by=words.NOBODY, until=words.UNTIL_CHANGED, not_handed_out="secret",
).keeps(
    "created_at last_login", what=_("When you opened the account and logged in last"), **ACCOUNT,
    purpose=_("To recognise accounts that are no longer used."),
    seen_by=words.ORGANISERS, until=rules.UNUSED,
).keeps(
    "consent_at consent_version", what=_("Your consent to this page: when, and to which version"),
    group=Group.ACCOUNT, basis=Basis.CONSENT,
    purpose=_("To prove it."), seen_by=words.ORGANISERS, until=words.UNTIL_CLOSED,
).keeps(
    "wants_news", what=_("Whether you want news by mail"), group=Group.ACCOUNT, basis=Basis.INTEREST,
    purpose=_("To send them, or not."), seen_by=words.ORGANISERS, until=words.UNTIL_CHANGED,
).keeps(
    "is_staff is_superuser is_active", what=_("What you may do on the site"),
    group=Group.WORK, basis=Basis.INTEREST,
    purpose=_("So that only those see data of others who need them."),
    seen_by=words.ORGANISERS, until=words.UNTIL_CLOSED,
)  # fmt: skip

for _label, _field in (("User_groups", "group"), ("User_user_permissions", "permission")):
    table(f"conference.{_label}", of="user").keeps(
        f"user {_field}", what=_("What you may do on the site"), group=Group.WORK, basis=Basis.INTEREST,
        purpose=_("So that only those see data of others who need them."),
        seen_by=words.ORGANISERS, until=words.UNTIL_CLOSED,
    )  # fmt: skip

table("account.EmailAddress", of="user").keeps(
    "user email verified primary", what=_("Your addresses, and whether you confirmed them"), **ACCOUNT,
    purpose=_("To log you in, and to write to nobody else."),
    seen_by=words.ORGANISERS, until=words.UNTIL_CHANGED,
)  # fmt: skip
table("account.EmailConfirmation", of="email_address__user").keeps(
    "email_address created sent key", what=_("Links that confirm an address"), **ACCOUNT,
    purpose=_("To confirm it."), seen_by=words.NOBODY, until=words.UNTIL_CHANGED, not_handed_out="secret",
)  # fmt: skip


def name_of_key(row: Any) -> dict[str, Any]:
    """What the person called a passkey; the key itself lets in whoever has it."""
    return {"name": row.data.get("name", "")}


table("mfa.Authenticator", of="user").keeps(
    "user type created_at last_used_at", what=_("Your second step and passkeys"), **ACCOUNT,
    purpose=_("To log you in."), seen_by=words.NOBODY, until=words.UNTIL_CHANGED,
).keeps(
    "data", what=_("What checks your codes and passkeys, and what you call them"), **ACCOUNT,
    purpose=_("To log you in."), seen_by=words.NOBODY, until=words.UNTIL_CHANGED, read=name_of_key,
)  # fmt: skip

table("usersessions.UserSession", of="user").keeps(
    "user created_at last_seen_at ip user_agent data",
    what=_("Where you are logged in: network address and browser"),
    group=Group.LOGS, basis=Basis.INTEREST,
    purpose=_("So that you can see and end your sessions."), seen_by=words.YOU, until=rules.LOGINS,
).keeps(
    "session_key", what=_("The key of each session"), group=Group.LOGS, basis=Basis.CONTRACT,
    purpose=_("To know that it is you who asks for the next page."),
    seen_by=words.NOBODY, until=rules.LOGINS, not_handed_out="secret",
)  # fmt: skip
table("sessions.Session").keeps(
    "session_key session_data expire_date", what=_("What a session remembers while you are logged in"),
    group=Group.LOGS, basis=Basis.CONTRACT,
    purpose=_("To know that it is you who asks for the next page."),
    seen_by=words.NOBODY, until=rules.SESSIONS, not_handed_out="secret",
)  # fmt: skip

table("conference.Membership", of="user", beside="organisation").keeps(
    "user status is_administrator is_shown created_at decided_at",
    what=_("Organisations that you belong to"), **ACCOUNT,
    purpose=_("So that your organisation can register you and you can speak for it."),
    seen_by=_("You, its members and organisers; everybody, if you choose so."),
    until=_("Until you leave the organisation or close your account."),
).plain("organisation", "an organisation is no person")  # fmt: skip
table("conference.ClosedAccount").keeps(
    "number mark name_stays closed_at", what=_("That an account with this number was closed"),
    group=Group.LOGS, basis=Basis.INTEREST,
    purpose=_("To close it again when the site is restored from a backup. It says nothing else about you."),
    seen_by=words.NOBODY, until=_("For good."), not_handed_out="the account is closed",
)  # fmt: skip
