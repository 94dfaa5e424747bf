"""An organiser writes to people: chosen, looked at, confirmed on a second page, followed; and axe finds nothing on the way."""

import re
from datetime import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as site
from django.test import Client
from playwright.sync_api import expect

from conference.models import Outbox
from registration.letters.occasions import plan
from registration.letters.sending import write_next
from tests.browser.test_collecting import SETTLED, WIDTHS
from tests.browser.test_frame import RULES, axe_findings, overhangs
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


def test_axe_finds_nothing_on_the_pages_of_letters_and_automatic_mails(letters, edition):
    """In light and dark, on a small screen and a large one."""
    plan(edition=edition, occasion="tomorrow", days=1, clock=time(10), by=None)
    listed = letters.url
    write(letters)
    letters.get_by_text(re.compile("people get this letter")).wait_for()
    letter = letters.url
    texts = "/admin/conference/outbox/automatic/"
    found = {}
    for address in (
        listed, f"{listed}new/", letter, f"{letter}send/", texts, f"{texts}registration_confirmed/",
        f"{texts}?edition={edition.pk}", f"{texts}registration_confirmed/?edition={edition.pk}",
        "/admin/conference/outbox/",
    ):  # fmt: skip
        found[address] = problems_of(letters, address)
    letters.goto(f"{letter}send/")
    letters.get_by_role("button", name="Send to 2 people").click()
    letters.get_by_role("button", name="Stop").wait_for()
    found["on its way"] = problems_of(letters, letter)

    assert {address: problems for address, problems in found.items() if problems} == {}


def problems_of(page, address):
    page.goto(address)
    page.evaluate(Axe().axe_script)
    problems = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(SETTLED)
            problems |= {(scheme, width, rule): nodes for rule, nodes in axe_findings(page, *RULES).items()}
    return problems | overhangs(page, WIDTHS)
