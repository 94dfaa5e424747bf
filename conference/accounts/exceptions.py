"""Why an account is not opened."""


class AddressKnown(Exception):  # noqa: N818  a refusal, not an error
    """There is an account with this address already."""


class MembershipRefused(Exception):  # noqa: N818  a refusal, not an error
    """Nothing was changed about an organisation; str() says why, for whoever asked."""
