"""A presentation on its way in: the organiser asks, a speaker without an account sends it, the organiser approves."""

import re

import pytest
from django.conf import settings as site
from django.test import Client
from playwright.sync_api import expect

from conference.models import Outbox, User
from sessions.files.documents import make_pdf
from sessions.models import Presentation, Topic
from tests.browser.keyboard import tab_to
from tests.factories import make_appearance, make_edition, make_organiser, make_session, make_speaker

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 20_000  # milliseconds in which a file is sent and checked, also where there is much else to do


@pytest.fixture
def edition(live, settings):
    settings.STAFF_SECOND_FACTOR = False
    Topic.objects.get_or_create(slug="for-this-test", defaults={"name": "Bridges between groups"})
    return make_edition(title="Sixth conference")


@pytest.fixture
def grace(edition):
    """Somebody who speaks in one session and can be reached by mail alone."""
    speaker = make_speaker(email="grace@example.org")
    make_appearance(make_session(edition, "Polarisation in class"), speaker)
    return speaker


@pytest.fixture
def board(open_page, edition, grace):
    """The page of an organiser, on the board of missing presentations."""
    page = open_page(bypass_csp=True)
    client = Client()
    client.force_login(make_organiser())
    session = client.cookies[site.SESSION_COOKIE_NAME].value
    cookie = {"name": site.SESSION_COOKIE_NAME, "value": session, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])
    page.goto(f"/admin/conference/edition/{edition.pk}/slides/")
    return page


def address_in_mail():
    return re.search(r"http\S+/upload/[\w-]+/", Outbox.objects.latest("pk").text).group()


def choose_file(page):
    """Enter opens the chooser, which `send_by_keyboard` answers."""
    tab_to(page, page.get_by_label("File"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("File")).not_to_have_value("", timeout=LONG)


def test_from_the_reminder_to_the_approved_presentation(open_page, board, edition, tmp_path):
    board.get_by_role("link", name="Remind those who have not (1 person)").click()
    expect(board.get_by_role("row", name="Grace Hopper")).to_contain_text("a personal upload link")
    board.get_by_role("button", name="Send 1 mail").click()
    expect(board.get_by_text("1 mail is on its way.")).to_be_visible()

    people = User.objects.count()
    page = open_page()
    page.goto(address_in_mail())
    expect(page.get_by_role("heading", level=1)).to_have_text("Polarisation in class")
    send_by_keyboard(page, tmp_path)
    expect(page.get_by_role("heading", name="What you sent")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("listitem").filter(has_text="What binds us")).to_contain_text("Submitted")
    assert User.objects.count() == people
    assert [cookie["name"] for cookie in page.context.cookies() if "session" in cookie["name"]] == []

    presentation = Presentation.objects.get()
    assert (presentation.session.edition, presentation.language) == (edition, "en")
    assert [topic.name for topic in presentation.topics.all()] == ["Bridges between groups"]
    assert [credit.name for credit in presentation.credits.all()] == ["Grace Hopper"]

    board.goto(f"/admin/conference/edition/{edition.pk}/slides/")
    expect(board.get_by_role("row", name="Polarisation in class")).to_contain_text("Uploaded")
    board.get_by_role("link", name="What binds us").click()
    board.get_by_role("button", name="Save and approve").first.click()
    expect(board.locator(".messagelist")).to_contain_text("1 approved.")
    mail = Outbox.objects.latest("pk")
    assert mail.recipient == "grace@example.org"
    page.goto(re.search(r"http\S+/presentations/[\w-]+/", mail.text).group())
    expect(page.get_by_role("heading", level=1)).to_have_text("What binds us")


def send_by_keyboard(page, folder):
    """No mouse: file, title, language, a topic, and the button that sends it all."""
    slides = folder / "slides.pdf"
    slides.write_bytes(make_pdf("What binds us", ["A bridge has two ends."]))
    # Listened to long before the key: the browser is told in time that the chooser is ours.
    page.on("filechooser", lambda chooser: chooser.set_files(slides))
    title = page.get_by_label("Title", exact=True)
    order = page.evaluate(
        "[...document.querySelectorAll('form[data-upload] :is(input, select, summary)')].map(one => one.name || one.tagName)"
    )
    steps = {
        "title": lambda: (tab_to(page, title), page.keyboard.type("What binds us")),
        "file": lambda: choose_file(page),
    }
    for name in sorted(steps, key=order.index):
        steps[name]()
    tab_to(page, page.get_by_text("What it is about, and for whom"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("checkbox", name="Bridges between groups"))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Submit for approval"))
    page.keyboard.press("Enter")


def test_link_that_is_taken_back_takes_nothing_from_who_has_it_open(open_page, board, tmp_path):
    board.get_by_role("link", name=re.compile("^Upload links")).click()
    board.get_by_role("button", name=re.compile("^Send an upload link")).click()
    expect(board.get_by_text("A link is on its way to grace@example.org.")).to_be_visible()
    page = open_page()
    page.goto(address_in_mail())

    board.get_by_role("button", name="Take back").click()
    expect(board.get_by_text("opens nothing any more")).to_be_visible()
    send_by_keyboard(page, tmp_path)

    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work", timeout=LONG)
    assert not Presentation.objects.exists()
