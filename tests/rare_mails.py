"""Mails that few people ever get, each asked for by what really sends it."""

from datetime import timedelta

from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone

from conference.accounts.closing import close_account
from conference.accounts.unused import tell_unused
from conference.models import Site, Task
from conference.services import memberships
from conference.tasks import ask_for, run_due
from registration import emails
from registration.claims import mails as claim_mails
from registration.groups import letters
from registration.groups.services import deal_out, publish
from registration.models import Claim
from registration.rounds.mails import News, tell
from registration.services.downloads import report_missing, report_missing_picture
from sessions.services.alarms import tell_of_virus
from sessions.services.checking import report
from sessions.services.notices import tell_speakers
from tests.factories import (
    make_booking,
    make_membership,
    make_organisation,
    make_organiser,
    make_presentation,
    make_preview,
    make_registration,
    make_round,
    make_session,
    make_user,
)
from tests.registration.groups.hubs import make_facilitator, make_group, make_plan

YEARS = timedelta(days=10 * 366)


def send_rare_mails(case):
    """To people of this case's edition, in its language."""
    cache.clear()
    Site.objects.update_or_create(pk=1, defaults={"contact_email": "office@example.org"})
    about_accounts()
    about_places(case)
    about_groups(case.edition)
    about_files(case)
    what_was_made(case)


def about_accounts():
    school, organiser = make_organisation("Another school"), make_organiser("Olga")
    refused = memberships.ask(user=make_user("Rae"), organisation=school)
    memberships.refuse(membership=refused, by=organiser)
    memberships.remove(membership=make_membership(school, make_user("Rob")), by=organiser)
    with override_settings(UNUSED_ACCOUNT_YEARS=5):
        tell_unused(timezone.now() + YEARS)
    close_account(user=make_user("Gone"), is_told=True)


def about_places(case):
    waits = make_booking(
        make_registration("Wim", case.edition), case.workshop, status="waiting", queue_number=9
    )
    emails.booked(waits)
    tell(News(case.ada), make_round(case.edition, way="ranked"))
    claim = Claim.objects.filter(registration=case.ada).latest("pk")
    claim_mails.taken_over(claim, case.ada.user, has_invoice=True)
    claim.offered_by = case.ada.user
    claim_mails.ran_out(claim)


def about_groups(edition):
    plan = make_plan(make_session(edition, "Country groups", slug="hubs"))
    facilitator = make_facilitator(make_group(plan, "Belgium", home="others"), "Noor")
    deal_out(plan=plan)
    publish(plan=plan)
    words = {"subject": "Bring a map", "text": "One of your own town."}
    letter = letters.Letter(session=plan.session, sender=facilitator, may_answer=True, **words)
    letters.send(letter=letter, people=[make_user("Reader")])


def about_files(case):
    deck = make_presentation(case.workshop, "Lost slides", uploaded_by=case.ada.user)
    make_preview(deck, "A page")
    version = deck.versions.get()
    tell_speakers(deck, "approved", version=version)
    tell_speakers(deck, "refused", version=version, reason="Too dark")
    tell_speakers(deck, "withdrawn")
    tell_of_virus("talk.pdf", "Eicar")
    report([version.pk], timezone.now())
    report_missing(version)
    report_missing_picture(version, 1)


@override_settings(PACK_AT_ONCE_MB=0)
def what_was_made(case):
    ask_for("my_data", by=case.ada.user)
    browser = Client()
    browser.force_login(case.ada.user)
    browser.post(f"/packs/edition/{case.edition.slug}/")
    assert run_due() == Task.objects.count() == 2
