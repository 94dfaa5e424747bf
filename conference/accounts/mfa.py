"""Second factors: their secrets are stored encrypted."""

from allauth.mfa.adapter import DefaultMFAAdapter


class MFAAdapter(DefaultMFAAdapter):
    pass
