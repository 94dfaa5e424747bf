"""Several files at once, and a connection that breaks: nothing is typed anew, and nothing arrives twice."""

import pytest
from playwright.sync_api import expect

from sessions.files.documents import make_odt
from sessions.models import Presentation, Topic
from sessions.previews.making import make_due
from tests.factories import PASSWORD, make_appearance, make_edition, make_session, make_speaker, make_user
from tests.sessions.previews.files import pdf_of_sizes

pytestmark = pytest.mark.django_db(transaction=True)
ODT = "application/vnd.oasis.opendocument.text"


def a_file(name, line):
    return {"name": name, "mimeType": ODT, "buffer": make_odt("Talk", [line])}


def open_form(page, session):
    """As a speaker of the session, who logs in on the way."""
    speaker = make_speaker("Sam", user=make_user("Sam"))
    make_appearance(session, speaker)
    page.goto(f"/speaker/sessions/{session.guid}/presentations/new/")
    page.get_by_label("Email").fill(speaker.user.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a presentation")
    expect(page.get_by_label("File")).to_have_attribute("multiple", "")  # the script is at work


def test_a_file_that_was_sent_is_followed_in_its_place(page):
    open_form(page, make_session(make_edition(), "My session"))
    moment = page.get_by_label("Opens at")
    expect(moment).to_be_hidden()
    page.get_by_label("From the moment below").check()
    expect(moment).to_be_visible()
    page.get_by_label("As soon as it is approved").check()
    content = pdf_of_sizes((800, 450), (800, 450))
    page.get_by_label("File").set_input_files(
        {"name": "my_slides-v2.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    expect(page.get_by_label("Title")).to_have_value("my slides v2")  # proposed by the name
    page.evaluate(
        "document.addEventListener('submit', event => setTimeout(() => { const place = event.target.querySelector('.upload-status')"
        ".getBoundingClientRect(); window.wasInSight = place.top >= 0 && place.bottom <= innerHeight; }), true)"
    )
    page.get_by_role("button", name="Submit for approval").click()
    page.wait_for_function("window.wasInSight !== undefined")
    assert page.evaluate("window.wasInSight")  # how far it is, though the button stands far below

    expect(page.get_by_role("heading", level=1)).to_have_text("my slides v2", timeout=20_000)
    place = page.locator("[data-follow]")
    expect(place).to_have_text("The preview is made in a moment.")
    make_due()

    expect(place).to_contain_text("The preview is made.", timeout=20_000)
    expect(place).to_contain_text("The file has no title of its own.")
    assert (
        place.get_by_role("img").evaluate("async (picture) => (await picture.decode(), picture.naturalWidth)")
        == 400
    )
    expect(page.get_by_role("heading", level=1)).to_have_text("my slides v2")  # nothing was loaded anew


def test_several_files_survive_a_lost_connection(page):
    session = make_session(make_edition(), "My session")
    session.topics.add(Topic.objects.create(name="Polarisation", slug="for-this-test"))
    open_form(page, session)
    lost = []

    def lose_twice(route):
        """The first try never arrives; of the second the answer is lost."""
        if route.request.method != "POST" or len(lost) >= 2:
            route.continue_()
            return
        lost.append(route.request.url)
        if len(lost) == 2:
            route.fetch()
        route.abort()

    page.route("**/presentations/new/", lose_twice)
    page.get_by_label("File").set_input_files(
        [a_file("first_part.odt", "one"), a_file("second-part.odt", "two")]
    )
    expect(page.get_by_label("Title: first_part.odt")).to_have_value("first part")
    page.get_by_label("Title: second-part.odt").fill("The second half")
    page.get_by_label("Description").fill("What we saw.")
    page.get_by_role("button", name="Keep as a draft").click()
    expect(page.get_by_role("status").filter(has_text="The connection was lost.").first).to_be_visible()
    page.evaluate(
        "setInterval(() => window.dispatchEvent(new Event('online')), 100)"
    )  # nobody waits in a test

    expect(page.get_by_role("heading", level=1)).to_have_text("My presentations", timeout=20_000)
    found = {one.title: one for one in Presentation.objects.all()}
    assert sorted(found) == ["The second half", "first part"]
    assert Presentation.objects.count() == 2
    for one in found.values():
        assert (one.description, one.versions.get().status) == ("What we saw.", "draft")
        assert [topic.name for topic in one.topics.all()] == ["Polarisation"]


DROP = """place => {
  const moved = new DataTransfer();
  moved.items.add(new File(["a"], "my_bridges.odt"));
  const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: moved });
  return place.dispatchEvent(drop);  // true: the browser opens the file in place of the page
}"""


def test_a_file_dropped_anywhere_on_the_form_is_taken_and_beside_it_opens_nothing(page):
    open_form(page, make_session(make_edition(), "My session"))
    file = page.get_by_label("File")

    assert not page.get_by_role("heading", level=1).evaluate(DROP)
    assert file.evaluate("input => input.files.length") == 0
    assert not page.get_by_label("Description").evaluate(DROP)
    assert file.evaluate("input => input.files[0].name") == "my_bridges.odt"
    expect(page.get_by_label("Title")).to_have_value("my bridges")
