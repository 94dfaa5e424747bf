"""Several files at once, and a connection that breaks: nothing is typed anew, and nothing arrives twice."""

import pytest
from playwright.sync_api import expect

from sessions.files.documents import make_odt
from sessions.models import Presentation, Topic
from tests.factories import PASSWORD, make_appearance, make_edition, make_session, make_speaker, make_user

pytestmark = pytest.mark.django_db(transaction=True)
ODT = "application/vnd.oasis.opendocument.text"


def a_file(name, line):
    return {"name": name, "mimeType": ODT, "buffer": make_odt("Talk", [line])}


def test_several_files_survive_a_lost_connection(page):
    session = make_session(make_edition(), "My session")
    session.topics.add(Topic.objects.create(name="Polarisation", slug="for-this-test"))
    speaker = make_speaker("Sam", user=make_user("Sam"))
    make_appearance(session, speaker)
    address = f"/speaker/sessions/{session.guid}/presentations/new/"
    page.goto(address)
    page.get_by_label("Email").fill(speaker.user.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a presentation")

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
