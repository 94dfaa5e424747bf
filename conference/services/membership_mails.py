"""Mails about memberships: rows in the outbox, written in the transaction of what they tell."""

from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import translation

from conference.mail import absolute, queue_mail
from conference.models import Membership, Site, User

ORGANISERS_TOLD = 5  # at most, where the site names no address


def asked(membership: Membership) -> None:
    """To those who decide: the organisation's administrators, else the organisers.

    Nothing that the person who asks has made up stands in it, only their confirmed address.
    """
    organisation = membership.organisation
    admins = organisation.memberships.administering().filter(user__is_active=True).select_related("user")
    for one in admins:
        with translation.override(one.user.language):
            link = absolute(reverse("conference:organisation_members", args=[organisation.slug]))
        tell("membership_asked", one.user.email, one.user.language, membership, link=link)
    if not admins:
        for email, language in organisers():
            with translation.override(language):
                link = absolute(reverse("admin:conference_organisation_change", args=[organisation.pk]))
            tell("membership_asked", email, language, membership, link=link, for_organisers=True)


def organisers() -> list[tuple[str, str]]:
    """The site's address; without one, a few people of the organisers' group."""
    site = Site.objects.filter(pk=1).first()
    if site and site.contact_email:
        return [(site.contact_email, "en")]
    group = Group.objects.filter(name="organiser").first()
    people = User.objects.filter(groups=group, is_active=True) if group else User.objects.none()
    return [(one.email, one.language) for one in people.order_by("pk")[:ORGANISERS_TOLD]]


def decided(membership: Membership) -> None:
    """To whoever asked: welcome, or not."""
    user = membership.user
    name = "membership_approved" if membership.status == Membership.Status.MEMBER else "membership_refused"
    with translation.override(user.language):
        link = absolute(reverse("conference:my_organisation"))
    tell(name, user.email, user.language, membership, link=link)


def removed(membership: Membership) -> None:
    user = membership.user
    tell("membership_ended", user.email, user.language, membership)


def tell(template: str, to: str, language: str, membership: Membership, **context: object) -> None:
    if membership.user.is_active:
        about = {"organisation": membership.organisation, "email": membership.user.email}
        queue_mail(to=to, template=template, context={**about, **context}, language=language)
