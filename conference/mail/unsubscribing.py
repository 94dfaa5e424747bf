"""Mail that is news, no answer to what one did oneself, says where one unsubscribes from it (RFC 8058)."""

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from conference.mail.compose import absolute
from conference.models import User

# The signature has hyphens of its own; the number before the first has none.
SIGNER = Signer(salt="conference.mail.unsubscribing", sep=".")


def token_of(user: User) -> str:
    """Good for as long as the account is there; holds its number and nothing else of the person."""
    return SIGNER.sign(str(user.pk)).replace(".", "-", 1)


def link_for(user: User) -> str:
    """In the language that is active."""
    return absolute(reverse("conference:unsubscribe", args=[token_of(user)]))


def reader_of(token: str) -> User | None:
    try:
        number = SIGNER.unsign(token.replace("-", ".", 1))
    except BadSignature:
        return None
    return User.objects.filter(pk=number).first()


def choose_news(*, user: User, wants_news: bool) -> None:
    User.objects.filter(pk=user.pk).update(wants_news=wants_news)


def choose_language(*, user: User, language: str) -> None:
    """In which every mail to this person is written from now on."""
    User.objects.filter(pk=user.pk).update(language=language)
