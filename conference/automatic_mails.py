"""The automatic mails about accounts and memberships."""

from django.utils.translation import gettext_lazy as _

from conference.mail.register import AutomaticMail, Slot, register
from conference.mail.slots import LINK

# Whoever can change the words of these could make them useless to their reader, or useful to a thief.
SECURITY = _("It guards an account: its words say exactly what happened, and its code or link must be there.")
ACCOUNT_MAILS = {
    "account/email/email_confirmation": _("Code for a new address"),
    "account/email/email_confirmation_signup": _("Code for the address of a new account"),
    "account/email/login_code": _("Code to log in"),
    "account/email/password_reset_key": _("Link to set a new password"),
    "account/email/password_changed": _("The password was changed"),
    "account/email/password_reset": _("The password was reset"),
    "account/email/password_set": _("A password was set"),
    "account/email/email_changed": _("The address was changed"),
    "account/email/email_confirm": _("The address was confirmed"),
    "account/email/email_deleted": _("An address was removed"),
    "mfa/email/recovery_codes_generated": _("New recovery codes"),
    "mfa/email/totp_activated": _("An authenticator app was added"),
    "mfa/email/totp_deactivated": _("The authenticator app was removed"),
    "mfa/email/webauthn_added": _("A passkey was added"),
    "mfa/email/webauthn_removed": _("A passkey was removed"),
}
ON_DOING_IT = _("When it happens in somebody's account.")
ORGANISATION = Slot(_("the organisation"), "{{ organisation.name }}", "A school")

register(
    *(
        AutomaticMail(name, title, ON_DOING_IT, fixed_because=SECURITY)
        for name, title in ACCOUNT_MAILS.items()
    ),
    AutomaticMail(
        "account_known",
        _("You already have an account"),
        _("When somebody signs up with an address that has an account."),
        fixed_because=SECURITY,
    ),
    AutomaticMail(
        "my_data_ready",
        _("Your data is ready"),
        _("When a person asked for everything about themselves, and it was made."),
        fixed_because=SECURITY,
    ),
    AutomaticMail(
        "account_closed",
        _("Your account is closed"),
        _("When somebody closed their account."),
        fixed_because=_("It says what was erased, and nothing else may be promised."),
    ),
    AutomaticMail(
        "account_unused",
        _("Your account will be closed"),
        _("A month before an account that nobody has used for years is closed."),
        fixed_because=SECURITY,
    ),
    AutomaticMail(
        "membership_asked",
        _("Somebody asks to join an organisation"),
        _("To those who administer the organisation, else to organisers."),
        {
            "organisation": ORGANISATION,
            "email": Slot(_("the address of whoever asks"), "{{ email }}", "ada@school.example").required(),
            "link": LINK.required(),
        },
    ),
    AutomaticMail(
        "membership_approved",
        _("You are a member"),
        _("When somebody who asked to join an organisation is let in."),
        {"organisation": ORGANISATION, "link": LINK},
    ),
    AutomaticMail(
        "membership_refused",
        _("Your request to an organisation"),
        _("When somebody who asked to join an organisation is not let in."),
        {"organisation": ORGANISATION},
    ),
    AutomaticMail(
        "membership_ended",
        _("You are no longer a member"),
        _("When an administrator ends a membership."),
        {"organisation": ORGANISATION},
    ),
)
