"""Every page for everyone: the rules of accessibility, names, zoom and narrow screens, on all that anybody can open.

The pages are those of the URLconf (tests/walk.py): whatever links lead to, and the rest by name. A new page that is
neither has a row in walk_rows, or fails.
"""

import pytest
from django.conf import settings as site

from tests.browser.accessible import problems_at, wrong_pages
from tests.walk import NAMES, VISITOR, OneOfEveryRow, OneOfEverything, Stop, Walk, is_alike
from tests.walk_rows import IN_ANOTHER_STATE, NO_PAGE, UNLINKED

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def walk(live, settings):
    settings.STAFF_SECOND_FACTOR = False
    return Walk()


@pytest.fixture
def look_at(open_page):
    """A function that opens each stop as the one who sees it, and fails with all that is wrong."""
    page = open_page(bypass_csp=True, reduced_motion="reduce")

    def look(world, stops):
        found, role = {}, None
        for stop in sorted(stops, key=lambda stop: stop.role):
            if stop.role != role:
                become(page, world, role := stop.role)
            found[stop.role, stop.view, stop.path] = problems_at(page, stop.path)
        assert wrong_pages(found) == {}

    return look


def become(page, world, role):
    page.context.clear_cookies()
    if role == VISITOR:
        return
    session = world.client(role).cookies[site.SESSION_COOKIE_NAME].value
    cookie = {"name": site.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])


def names_beside(known):
    """Addresses that are neither walked nor said to be no page."""
    return NAMES - set(known) - NO_PAGE - IN_ANOTHER_STATE


def test_pages_of_visitors_attendees_speakers_and_helpers(look_at, walk):
    stops = walk.of_people()
    known = {stop.view for stop in stops} | set(UNLINKED)
    assert {name for name in names_beside(known) if not name.startswith("admin:")} == set()
    look_at(walk, stops)


def test_pages_to_which_no_link_leads(look_at, live, settings):
    settings.STAFF_SECOND_FACTOR = False
    world = OneOfEverything()
    stops = world.stops(UNLINKED)
    assert set(UNLINKED) - {stop.view for stop in stops} == set()
    look_at(world, [*stops, Stop("404", VISITOR, "/no/such/page/")])


@pytest.mark.parametrize("half", [0, 1])
def test_pages_of_organisers(look_at, live, settings, half):
    """In two halves, one for each core."""
    settings.STAFF_SECOND_FACTOR = False
    world = OneOfEveryRow()
    stops = world.stops()
    left = names_beside({stop.view for stop in stops})
    assert {name for name in left if name.startswith("admin:") and not is_alike(name)} == set()
    look_at(world, stops[half::2])
