"""An organiser writes to people: chosen, looked at, confirmed on a second page, followed; and axe finds nothing on the way."""

import re

import pytest
from django.conf import settings as site
from django.test import Client
from playwright.sync_api import expect

from conference.models import Outbox
from registration.letters.sending import write_next
from tests.browser.accessible import problems_at, problems_of, wrong_pages
from tests.factories import make_edition, make_organiser, make_registration, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(live, settings):
    settings.STAFF_SECOND_FACTOR = False
    edition = make_edition(title="Sixth conference")
    make_registration("Ada Lovelace", edition)
    make_registration(edition=edition, user=make_user("Ben Okri", language="nl"))
    return edition


@pytest.fixture
def letters(open_page, edition):
    page = open_page(bypass_csp=True)
    client = Client()
    client.force_login(make_organiser())
    session = client.cookies[site.SESSION_COOKIE_NAME].value
    cookie = {"name": site.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])
    page.goto(f"/admin/conference/edition/{edition.pk}/letters/")
    return page


def write(page):
    page.get_by_role("link", name="Write a letter").click()
    page.get_by_role("checkbox", name="People who registered").check()
    for language, subject, text in (
        ("English", "About {edition}", "Dear {name},\n\n{link}"),
        ("Dutch", "Over {edition}", "Beste {name},\n\n{link}"),
    ):
        page.get_by_label(f"Subject ({language})").fill(subject)
        page.get_by_label(f"Text ({language})").fill(text)
    page.get_by_role("button", name="Save and look at it").click()


def test_letter_is_written_looked_at_confirmed_and_followed(letters):
    write(letters)
    expect(letters.get_by_text("2 people get this letter: English 1, Dutch 1.")).to_be_visible()
    letters.get_by_label("Person").select_option("Ben Okri")
    letters.get_by_role("button", name="Show").click()
    expect(letters.get_by_text("Beste Ben Okri,")).to_be_visible()
    expect(letters.get_by_text("Dutch · the one that Ben Okri gets")).to_be_visible()

    letters.get_by_role("link", name="Send …").click()
    assert not Outbox.objects.exists()
    letters.get_by_role("button", name="Send to 2 people").click()
    expect(letters.get_by_role("status").get_by_text("on its way")).to_be_visible()
    write_next()
    letters.get_by_role("button", name="Stop").click()

    expect(letters.get_by_role("status").get_by_text("stopped")).to_be_visible()
    assert set(Outbox.objects.values_list("subject", "status")) == {
        ("About Sixth conference", "held"),
        ("Over Sixth conference", "held"),
    }


def test_a_letter_on_its_way_and_mails_of_one_edition_are_open_to_everybody(letters, edition):
    """To these no link leads; the other pages are in test_everyone."""
    write(letters)
    letters.get_by_text(re.compile("people get this letter")).wait_for()
    letter, texts = letters.url, "/admin/conference/outbox/automatic/"
    letters.goto(f"{letter}send/")
    found = {"about to go": problems_of(letters)}
    letters.get_by_role("button", name="Send to 2 people").click()
    letters.get_by_role("button", name="Stop").wait_for()
    found["on its way"] = problems_of(letters)
    for address in (f"{texts}?edition={edition.pk}", f"{texts}registration_confirmed/?edition={edition.pk}"):
        found[address] = problems_at(letters, address)

    assert wrong_pages(found) == {}
