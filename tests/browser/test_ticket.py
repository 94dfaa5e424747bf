"""A ticket without a network: read by a real decoder from the screen, from the mail and from badges; gone after log-out."""

import base64
import io

import pypdfium2 as pdfium
import pytest

from conference.mail.enclosures import MAKERS
from conference.offline import account_marker
from registration.badges.people import Bearer, Choice
from registration.badges.sheets import pdf_of
from tests.browser.test_offline import IS_KEPT, act_as, heading, wait_until
from tests.factories import make_edition, make_registration, make_user

TICKET = "/ed/my-registration/ticket/"
READ = """async (png) => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { data, width, height } = canvas.getImageData(0, 0, picture.width, picture.height);
  return window.jsQR(data, width, height, { inversionAttempts: "dontInvert" })?.data;
}"""
NOTHING_OWN = """async (marker) => !(await caches.keys()).some((name) => name.startsWith("account "))"""


@pytest.fixture
def ada(live):
    return make_user("Ada Lovelace")


@pytest.fixture
def place(ada):
    return make_registration(edition=make_edition(slug="ed"), user=ada)


def read(page, png):
    return page.evaluate(READ, base64.b64encode(png).decode())


def picture_of(pdf, dots=4):
    picture = io.BytesIO()
    document = pdfium.PdfDocument(pdf)
    document[0].render(scale=dots).to_pil().save(picture, "PNG")
    document.close()
    return picture.getvalue()


def on_screen(page):
    return page.locator(".ticket svg.qr").screenshot()


def test_ticket_is_read_everywhere_and_only_while_it_is_its_persons(open_page, ada, place):
    page = open_page(390, 844, service_workers="allow", color_scheme="dark")
    act_as(page, ada)
    page.goto("/ed/my-registration/")
    wait_until(page, IS_KEPT, TICKET)  # before it was ever opened
    page.context.set_offline(True)
    page.goto(TICKET)
    offline = on_screen(page)
    assert page.locator(".ticket-name").inner_text() == "Ada Lovelace"
    page.context.set_offline(False)

    page.goto(TICKET)
    page.add_script_tag(url="/static/vendor/jsQR.js")
    (picture, _calendar) = MAKERS["ticket"](f"{place.guid} {place.user_id}")
    bearer = Bearer("Ada Lovelace", "", "Speaker", "A school", "Belgium", place.ticket_code)
    badges = [pdf_of(place.edition, Choice(design), [bearer])[0] for design in ("a6", "labels_3x8")]
    assert [read(page, png) for png in (offline, picture.content, *map(picture_of, badges))] == [
        place.ticket_code
    ] * 4

    page.locator(".ticket-about summary").click()
    page.get_by_role("button", name="Give me a new code").click()
    page.get_by_text("Your ticket has a new code").wait_for()
    before = place.ticket_code
    place.refresh_from_db()
    page.add_script_tag(url="/static/vendor/jsQR.js")
    assert read(page, on_screen(page)) == place.ticket_code != before
    page.context.set_offline(True)
    page.goto(TICKET)
    renewed = on_screen(page)
    page.context.set_offline(False)
    page.goto("/ed/my-registration/")
    page.add_script_tag(url="/static/vendor/jsQR.js")
    assert read(page, renewed) == place.ticket_code
    assert account_marker(ada.pk) in page.evaluate("document.documentElement.dataset.account")

    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button").click()
    wait_until(page, NOTHING_OWN)
    page.context.set_offline(True)
    assert heading(page, TICKET) == "There is no network, and this page is not kept here"
