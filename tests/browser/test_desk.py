"""Two devices at one desk, one of them without a network: everybody is welcomed once, and nothing is lost."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from registration.models import CheckIn
from tests.factories import make_edition, make_organiser, make_registration

KEPT = """async () => {
  for (const name of (await caches.keys()).filter((one) => one.startsWith("account "))) {
    if (await (await caches.open(name)).match("/desk/ed/")) return true;
  }
  return false;
}"""
FILES = """async () => Boolean(await caches.match("/static/vendor/jsQR.js")) && Boolean(await caches.match("/static/js/desk/main.js"))"""


@pytest.fixture
def people(live):
    edition = make_edition(slug="ed")
    return [make_registration(name, edition) for name in ("Ada Lovelace", "Ben Okri", "Cleo Čapek")]


@pytest.fixture
def device(open_page, people, settings):
    """A function that opens the desk on another device of the same helper."""
    settings.STAFF_SECOND_FACTOR = False
    helper = make_organiser("Lotte")

    def open_one(**options):
        page = open_page(service_workers="allow", **options)
        log_in(page, helper)
        page.goto("/desk/ed/")
        page.locator("[data-desk][data-ready]").wait_for()
        return page

    return open_one


def log_in(page, user):
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"}]
    )


def scan(page, text):
    """As a scanner types it, wherever the focus is."""
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def answer(page, kind):
    panel = page.locator(f"[data-answer][data-kind={kind}]")
    panel.wait_for()
    return panel.inner_text()


def wait_until(page, check):
    for _ in range(200):
        if page.evaluate(check):
            return
        page.wait_for_timeout(50)
    raise AssertionError(check)


def test_two_devices_one_of_them_without_a_network_welcome_everybody_once(device, people):
    ada, ben, cleo = people
    first, second = device(), device(width=390, height=844)
    wait_until(second, KEPT)
    wait_until(second, FILES)
    second.context.set_offline(True)
    second.reload()
    second.locator("[data-desk][data-ready]").wait_for()

    scan(first, ada.ticket_code)
    assert "Ada Lovelace" in answer(first, "welcome")
    scan(first, ada.ticket_code)
    assert "by Lotte" in answer(first, "already")

    for person in (ada, ben):
        scan(second, person.ticket_code.lower())
        second.locator("[data-answer]").get_by_text(person.user.name).wait_for()
        assert "Kept on this device" in answer(second, "welcome")
    scan(second, ben.ticket_code)
    assert "on this device" in answer(second, "already")
    scan(second, "B" * 32)
    assert "no such ticket on its list" in answer(second, "unknown")
    scan(second, "capek")  # a name: the first press finds, the second checks in
    second.keyboard.press("Enter")
    second.locator("[data-answer]").get_by_text("Cleo Čapek").wait_for()
    scan(second, "capek")
    second.keyboard.press("Enter")  # who is in stays in, however often somebody presses
    # The answer stands first, and the numbers when it is put away.
    expect(second.locator("[data-number=waiting]")).to_have_text("4")
    expect(second.locator("[data-number=arrived]")).to_have_text("3")
    second.keyboard.press("Escape")
    assert [row.registration for row in CheckIn.objects.all()] == [ada]
    second.reload()  # nothing is lost with the page
    second.locator("[data-desk][data-ready]").wait_for()
    assert second.locator("[data-number=waiting]").inner_text() == "4"

    second.context.set_offline(False)
    second.locator("[data-waiting]").wait_for(state="hidden")

    rows = {row.registration: row for row in CheckIn.objects.all()}
    assert set(rows) == set(people)
    assert CheckIn.objects.count() == 3
    assert (
        "Ada Lovelace"
        in second.locator(".desk-past")
        .get_by_text("Sent later: Already checked in")
        .locator("..")
        .inner_text()
    )
    assert all(0 <= (row.received_at - row.at).total_seconds() < 30 for row in rows.values())

    scan(first, cleo.ticket_code)
    assert "Cleo" in answer(first, "already")
    first.get_by_role("button", name="Undo").click()
    assert "Cleo" in answer(first, "undone")
    assert CheckIn.objects.standing().count() == 2
