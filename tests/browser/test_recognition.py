"""From the room to the proof: presence noted at its door, certificates issued, one verified by a stranger, then revoked."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from conference.tasks import run_due
from registration.models import Certificate, CertificateRule
from tests.factories import (
    make_edition,
    make_organiser,
    make_registration,
    make_release,
    make_session,
    make_slot,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(live, settings):
    settings.STAFF_SECOND_FACTOR = False
    edition = make_edition("Abroad", slug="abroad")
    CertificateRule.objects.create(edition=edition, minimum_hours=1)
    session = make_session(edition, "Empathy", slug="empathy")
    make_slot(session, datetime.now(UTC) - timedelta(hours=3), 90, release=make_release(edition))
    return edition


def log_in(page, user):
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])


def test_presence_becomes_a_certificate_that_a_stranger_verifies_until_it_is_revoked(edition, open_page):
    ada, _ben = make_registration("Ada Lovelace", edition), make_registration("Ben Okri", edition)
    organiser, stranger = open_page(), open_page(390, 844)
    log_in(organiser, make_organiser("Olga"))

    organiser.goto("/desk/abroad/empathy/")
    organiser.locator("[data-desk][data-ready]").wait_for()
    organiser.keyboard.type(ada.ticket_code)
    organiser.keyboard.press("Enter")
    expect(organiser.locator("[data-answer][data-kind=welcome]")).to_contain_text("Ada Lovelace")

    organiser.goto(f"/admin/conference/edition/{edition.pk}/certificates/")
    expect(organiser.get_by_text("was noted in no session")).to_be_visible()
    organiser.get_by_role("button", name="Issue 1 certificate").click()
    organiser.locator("[data-task]").wait_for()
    run_due()
    expect(organiser.get_by_text("It is done.")).to_be_visible()
    certificate = Certificate.objects.get()

    stranger.goto("/verify/")
    stranger.get_by_label("Code of the certificate").fill(certificate.code.lower())
    stranger.get_by_role("button", name="Check").click()
    expect(stranger.get_by_role("main").get_by_text("Valid", exact=True)).to_be_visible()
    expect(stranger.get_by_text("Ada Lovelace")).to_be_visible()

    organiser.goto("/admin/registration/certificate/?edition=all")
    organiser.locator("input.action-select").check()
    organiser.locator("select[name=action]").select_option(label="Revoke selected…")
    organiser.get_by_role("button", name="Go").click()
    organiser.get_by_label("Reason").fill("It was another Ada.")
    organiser.get_by_role("button", name="Revoke").click()
    expect(organiser.get_by_text("Revoked.")).to_be_visible()
    stranger.reload()
    expect(stranger.get_by_role("main").get_by_text("Revoked", exact=True)).to_be_visible()
    expect(stranger.get_by_text("Ada Lovelace")).to_have_count(0)
    expect(stranger.get_by_text("It was another Ada.")).to_have_count(0)
