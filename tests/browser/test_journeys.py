"""The main job from end to end, on the demonstration, as the people it is for."""

import csv
import io
import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from conference.management.demo.people import ACCOUNTS
from conference.models import Outbox
from registration.models import Registration
from sessions.files.documents import make_pdf
from sessions.models import PresentationFile, Session
from speakers.models import Speaker
from speakers.services.invitations import invite

PASSWORDS = {account.part: (account.email, account.password) for account in ACCOUNTS}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demo(live, settings):
    settings.STAFF_SECOND_FACTOR = False
    call_command("load_demo", verbosity=0, json=True)


@pytest.fixture
def log_in(page, demo):
    def as_part(part, path="/"):
        email, password = PASSWORDS[part]
        page.goto(f"/accounts/login/?next={path}")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password").first.fill(password)
        page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
        expect(page.get_by_text("Log out", exact=True).first).to_be_visible()
        return page

    return as_part


def test_a_visitor_finds_the_workshop_meets_the_gate_and_holds_the_file(page, demo):
    page.goto("/mechelen-2024/")
    page.get_by_role("link", name=re.compile("^Us versus Them: How")).first.click()
    page.get_by_role("link", name="Us versus Them: dealing with polarisation").click()
    gate = page.url
    page.get_by_role("link", name="Create a free account").click()

    required = page.locator("main form [required]")
    assert required.count() <= 5
    page.get_by_label("Your name").fill("Petra Lindqvist")
    page.get_by_label("Email").fill("petra@example.org")
    page.get_by_label("Country").select_option("SE")
    page.get_by_role("checkbox", name="My data may be used").check()
    page.get_by_role("button", name="Create my account").click()

    assert page.url == gate
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("^Download PDF")).click()
    content = download.value.path().read_bytes()
    assert content.startswith(b"%PDF-")
    assert download.value.suggested_filename.endswith(".pdf")


def test_a_newcomer_registers_and_waits_for_a_full_workshop(page, demo):
    page.goto("/second-conference/register/")
    page.get_by_label("Your name").fill("Jan Peeters")
    page.get_by_label("Email").fill("jan@example.org")
    page.get_by_label("Country").select_option("BE")
    page.get_by_label("Your role").select_option("teacher")
    page.get_by_role("checkbox", name="My data may be used").check()
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.get_by_text("You have a place.")).to_be_visible()

    full = Session.objects.get(edition__slug="second-conference", kind="workshop", number=1)
    page.goto(full.get_absolute_url())
    page.get_by_role("button", name=re.compile("Join the waiting list")).click()

    expect(page.get_by_role("main").get_by_text(re.compile("number 4|place 4|4th")).first).to_be_visible()
    booking = Registration.objects.get(user__email="jan@example.org").bookings.get()
    assert booking.status == "waiting"


def test_the_speaker_replaces_a_presentation_and_the_organiser_approves_it(log_in, tmp_path):
    new = tmp_path / "new slides.pdf"
    new.write_bytes(make_pdf("The file of one school, again", ["Now with the answers."]))
    page = log_in("speaker", "/speaker/")
    page.get_by_role("link", name="The file of one school").click()
    page.locator("input[type=file]").set_input_files(new)
    page.get_by_role("button", name="Submit for approval").click()
    expect(page.get_by_text("submitted", exact=True).first).to_be_visible()

    waiting = PresentationFile.objects.get(original_name="new slides.pdf")
    presentation = waiting.presentation
    assert (waiting.status, presentation.current_file.number) == ("submitted", 1)

    page.context.clear_cookies()
    page = log_in("organiser", f"/admin/conference_sessions/presentation/{presentation.pk}/change/")
    page.goto("/admin/conference_sessions/presentation/?edition__id__exact=" + str(presentation.edition_id))
    page.locator(f"input.action-select[value='{presentation.pk}']").check()
    page.locator("select[name=action]").select_option("approve_selected")
    page.get_by_role("button", name=re.compile("^Go|Run")).click()
    expect(page.locator(".messagelist")).to_be_visible()

    presentation.refresh_from_db()
    assert presentation.current_file == waiting


def test_the_organiser_publishes_a_session_and_exports_the_registrations(log_in):
    page = log_in("organiser", "/admin/")
    draft = Session.objects.get(title_en="A session still being prepared")
    page.goto("/admin/conference_sessions/session/?status__exact=draft")
    page.locator(f"input.action-select[value='{draft.pk}']").check()
    page.locator("select[name=action]").select_option(label="Publish selected")
    page.get_by_role("button", name=re.compile("^Go|Run")).click()
    expect(page.locator(".messagelist")).to_be_visible()
    draft.refresh_from_db()
    assert draft.status == "published"

    page.goto("/admin/registration/registration/")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("export_selected")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("^Go|Run")).click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))
    assert len(rows) > 40


def test_an_invited_speaker_follows_the_link_and_presses_the_button(page, demo):
    speaker = Speaker.objects.get(name="Katrin Lehmann")
    speaker.email = "katrin@example.org"
    speaker.save()
    invite(speaker=speaker, by=None)
    mail = Outbox.objects.filter(recipient="katrin@example.org").latest("pk")
    page.goto(re.search(r"http\S+/speaker/invitation/\S+", mail.text).group())
    page.get_by_role("button", name="Accept the invitation").click()

    expect(page.get_by_role("heading", name="My presentations")).to_be_visible()
    speaker.refresh_from_db()
    assert speaker.user.email == "katrin@example.org"
