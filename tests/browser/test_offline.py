"""With the network off: what was visited once reads on, and nobody reads what another account left behind."""

import pytest
from django.conf import settings
from django.test import Client

from conference.offline import account_marker
from sessions.models import Star
from sessions.services.timetable import release_timetable
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_user,
)

# The list of an edition is put in last: where it is, all pages are.
IS_KEPT = "async (page) => Boolean(await caches.match(page))"
WHOLE = """async (version) => {
  const names = (await caches.keys()).filter((name) => name.startsWith("edition "));
  if (names.length !== 1 || !names[0].includes(` ${version}.`)) return false;
  return Boolean(await (await caches.open(names[0])).match("/ed/offline.json"));
}"""
HAS_OWN = """async (marker) => {
  const kept = (await caches.keys()).filter((name) => name.startsWith("account "));
  if (!marker) return kept.length === 0;
  return kept.join() === `account ${marker}` && (await (await caches.open(kept[0])).keys()).length === 1;
}"""
PUBLIC_PAGES = """async () => {
  const pages = {};
  for (const name of (await caches.keys()).filter((one) => !one.startsWith("account "))) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) pages[request.url] = await (await cache.match(request)).text();
  }
  return pages;
}"""


@pytest.fixture
def edition(live):
    edition = make_edition(slug="ed")
    talk = make_session(edition, "A talk on tides", slug="talk")
    make_appearance(talk, make_speaker("Grace Hopper", slug="grace"))
    make_slot(talk, room=make_room(edition, "Hall", slug="hall"))
    make_slot(make_session(edition, "A talk on winds", slug="winds"))
    release_timetable(edition=edition, by=make_organiser())
    return edition


@pytest.fixture
def page(open_page):
    return open_page(service_workers="allow")


def wait_until(page, check, arg=None):
    """Until what the device keeps is as it should be: the worker tells nobody when it is done."""
    for _ in range(200):
        if page.evaluate(check, arg):
            return
        page.wait_for_timeout(50)
    raise AssertionError(page.evaluate("caches.keys()"))


def visit_programme(page, release=1):
    page.goto("/ed/programme/")
    wait_until(page, WHOLE, release)


def heading(page, path):
    page.goto(path)
    return page.locator("main h1").inner_text()


def act_as(page, user):
    """Log in behind the site's back, as if it had been done long ago; nobody without a user."""
    page.context.clear_cookies()
    if user:
        client = Client()
        client.force_login(user)
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": settings.SITE_URL}]
        )


@pytest.mark.smoke
def test_after_one_visit_the_whole_edition_reads_without_a_network_and_says_how_old_it_is(page, edition):
    page.goto("/ed/now/hall/")  # the very first page is kept too
    wait_until(page, IS_KEPT, "/ed/now/hall/")
    visit_programme(page)
    page.context.set_offline(True)

    headings = {
        path: heading(page, path)
        for path in (
            "/ed/programme/",
            "/ed/sessions/talk/",
            "/speakers/grace/",
            "/ed/now/",
            "/ed/now/hall/",
            "/editions/",
        )
    }
    page.goto("/ed/programme/?q=tides")
    note = page.locator(".offline-note").inner_text()

    assert headings == {
        "/ed/programme/": "Programme",
        "/ed/sessions/talk/": "A talk on tides",
        "/speakers/grace/": "Grace Hopper",
        "/ed/now/": "Now and next",
        "/ed/now/hall/": "Hall",
        "/editions/": "There is no network, and this page is not kept here",  # it was never visited
    }
    assert note.startswith("No network: this is how it was at ")
    assert page.get_by_role("link", name="A talk on tides").first.is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.hero')).paddingTop") != "0px"

    page.goto("/editions/")
    page.locator("[data-kept-pages] a", has_text="Programme").first.click()
    page.wait_for_url("**/ed/programme/")


def test_a_new_release_takes_the_place_of_the_old_copy(page, edition):
    visit_programme(page)
    edition.sessions.filter(slug="talk").update(title="A talk on floods", title_en="A talk on floods")
    release_timetable(edition=edition, by=make_organiser())
    visit_programme(page, release=2)
    page.context.set_offline(True)

    assert heading(page, "/ed/sessions/talk/") == "A talk on floods"
    assert not any("tides" in html for html in page.evaluate(PUBLIC_PAGES).values())


def test_own_programme_reads_offline_and_no_other_account_ever_sees_it(page, edition):
    ada, ben = make_user("Ada"), make_user("Ben")
    Star.objects.create(user=ada, session=edition.sessions.get(slug="talk"))
    Star.objects.create(user=ben, session=edition.sessions.get(slug="winds"))

    act_as(page, ada)
    visit_programme(page)
    wait_until(page, HAS_OWN, account_marker(ada.pk))
    page.context.set_offline(True)
    page.goto("/ed/my-programme/")
    assert page.locator("main").get_by_text("A talk on tides").first.is_visible()
    assert "My programme" in page.locator("main h1").inner_text()
    page.context.set_offline(False)

    act_as(page, ben)
    page.goto("/ed/programme/")
    wait_until(page, HAS_OWN, account_marker(ben.pk))
    page.context.set_offline(True)
    page.goto("/ed/my-programme/")
    assert page.locator("main").get_by_text("A talk on winds").first.is_visible()
    assert "tides" not in page.locator("main").inner_text()
    page.context.set_offline(False)

    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button").click()
    wait_until(page, HAS_OWN, "")
    page.context.set_offline(True)
    page.goto("/ed/my-programme/")
    assert page.locator("html[data-account]").count() == 0
    assert not any("data-account" in html for html in page.evaluate(PUBLIC_PAGES).values())


def test_what_is_served_as_private_is_kept_by_no_cache(page, edition):
    act_as(page, make_user("Canary Bird"))
    visit_programme(page)
    for path in ("/ed/sessions/talk/", "/accounts/registrations/", "/accounts/email/"):
        page.goto(path, wait_until="load")
    wait_until(page, "async () => (await caches.keys()).includes('visited')")
    kept = page.evaluate(PUBLIC_PAGES)

    assert len(kept) > 8
    assert [url for url, html in kept.items() if "data-account" in html or "Canary" in html] == []
    assert [url for url in kept if "/accounts/" in url] == []
