"""allauth in this house: mail goes through the outbox, links come from the configured address."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    pass
