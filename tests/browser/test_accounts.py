"""Signing up and logging in, in every way there is, as a person does it."""

import email
import re
from email import policy

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

from conference.mail import send_due
from conference.models import Outbox
from tests.conference.test_accounts import NEW_PASSWORD
from tests.conference.test_accounts_staff import app_code
from tests.factories import PASSWORD, make_organiser, make_user

LOG_OUT = "Log out"


@pytest.fixture
def read_mail(settings, tmp_path):
    """A function that lets the worker send what is due and reads the last mail to an address."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "conference.mail.FileBackend", tmp_path

    def read(recipient):
        send_due()
        row = Outbox.objects.filter(recipient=recipient).first()
        message = email.message_from_bytes(
            next(tmp_path.glob(f"{row.guid}*")).read_bytes(), policy=policy.default
        )
        return message.get_body(["plain"]).get_content()

    return read


def code_in(text):
    return re.search(r"^[A-Z0-9]{3,}-?[A-Z0-9]{3,}$", text, re.MULTILINE)[0]


def fill_in_code(page, code):
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Confirm").click()


def log_in(page, address="ada@example.org", password=PASSWORD):
    page.get_by_label("Email").fill(address)
    page.get_by_label("Password", exact=False).first.fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()


def log_out(page):
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name=LOG_OUT).click()
    expect(page.get_by_role("link", name="Log in", exact=True)).to_be_visible()


def expect_logged_in(page):
    expect(page.get_by_role("link", name=LOG_OUT)).to_be_visible()


def test_person_signs_up_from_a_page_comes_back_there_and_confirms_the_address(page, live, read_mail):
    page.goto("/accounts/login/?next=/editions/")
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Country").select_option("BE")
    page.get_by_label("My data may be used").check()
    page.get_by_role("button", name="Create my account").click()
    expect(page).to_have_url(f"{live}/editions/")
    expect_logged_in(page)

    page.get_by_role("link", name="Confirm your address").click()
    fill_in_code(page, code_in(read_mail("ada@example.org")))

    expect_logged_in(page)
    expect(page.get_by_role("link", name="Confirm your address")).to_have_count(0)
    assert EmailAddress.objects.get().verified


def test_person_logs_out_and_in_again_by_password_and_by_code(page, live, read_mail):
    make_user(email="ada@example.org")
    page.goto("/")
    page.get_by_role("link", name="Log in", exact=True).click()
    log_in(page)
    expect_logged_in(page)
    log_out(page)
    expect(page.get_by_role("link", name=LOG_OUT)).to_have_count(0)

    page.goto("/accounts/login/?next=/editions/")
    page.get_by_role("link", name="Email me a code").click()
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_role("button", name="Email me a code").click()
    fill_in_code(page, code_in(read_mail("ada@example.org")))

    expect(page).to_have_url(f"{live}/editions/")
    expect_logged_in(page)


def test_person_chooses_a_new_password_with_a_mailed_link(page, live, read_mail):
    make_user(email="ada@example.org")
    page.goto("/accounts/password/reset/")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_role("button", name="Send the mail").click()
    link = re.search(rf"^{live}/\S+$", read_mail("ada@example.org"), re.MULTILINE)[0]

    page.goto(link)
    page.get_by_label("New Password", exact=True).fill(NEW_PASSWORD)
    page.get_by_label("New Password (again)").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Save the new password").click()
    expect(page).to_have_url(re.compile("/done/$"))
    page.goto("/accounts/login/")
    log_in(page, password=NEW_PASSWORD)

    expect_logged_in(page)


def test_person_adds_a_passkey_and_logs_in_with_it(page, live):
    make_user(email="ada@example.org")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    key |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": key})
    page.goto("/accounts/login/?next=/accounts/2fa/webauthn/add/")
    log_in(page)
    page.get_by_label("Password").fill(PASSWORD)  # asked for once more before a key is added
    page.get_by_role("main").get_by_role("button").first.click()
    if page.get_by_label("Passwordless").count():
        page.get_by_label("Passwordless").check()
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url("**/accounts/2fa/**")
    expect(page.get_by_role("main")).to_contain_text("recovery", ignore_case=True)
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    log_out(page)

    page.goto("/accounts/login/?next=/editions/")
    page.get_by_role("button", name="Use a passkey").click()

    expect(page).to_have_url(f"{live}/editions/")
    expect_logged_in(page)


def test_organiser_sets_up_a_second_factor_and_reaches_the_admin(page, live, settings):
    settings.STAFF_SECOND_FACTOR = True
    make_organiser(email="olga@example.org")
    page.goto("/admin/")
    log_in(page, "olga@example.org")
    expect(page.get_by_role("main")).to_contain_text("Passkeys and second step")
    expect(page.get_by_text("Staff need a second step")).to_be_visible()

    page.goto("/accounts/2fa/totp/activate/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button").first.click()
    secret = page.get_by_label("Authenticator secret").input_value()
    page.get_by_label("Authenticator code").fill(app_code(secret))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("main")).to_contain_text("recovery", ignore_case=True)
    page.goto("/admin/")
    page.get_by_label("Code").fill(app_code(secret))
    page.get_by_role("main").get_by_role("button").first.click()

    expect(page).to_have_url(f"{live}/admin/")
