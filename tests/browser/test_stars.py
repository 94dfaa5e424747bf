"""A star set without an account goes into the account at log-in."""

import pytest
from playwright.sync_api import expect

from sessions.models import Star
from tests.factories import PASSWORD, make_edition, make_release, make_session, make_slot, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_star_without_an_account_is_in_the_account_after_log_in(page):
    edition = make_edition(slug="ed")
    release = make_release(edition)
    rivers, boats = (make_session(edition, title, slug=title.lower()) for title in ("Rivers", "Boats"))
    for session in (rivers, boats):
        make_slot(session, release=release)
    user = make_user()
    page.goto("/ed/my-programme/")
    expect(page.get_by_text("Nothing is here yet.")).to_be_visible()
    expect(page.get_by_text("no script runs here")).to_be_hidden()

    page.goto("/ed/programme/")
    star = page.get_by_role("button", name="Keep in my programme: Rivers")
    expect(star).to_have_attribute("aria-pressed", "false")
    star.focus()
    page.keyboard.press("Enter")
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status").filter(has_text="kept in this browser only")).to_be_visible()
    page.goto("/ed/sessions/boats/")
    page.get_by_role("button", name="Keep in my programme: Boats").click()
    expect(page.get_by_role("button", name="Keep in my programme: Boats")).to_have_text("In my programme")

    page.goto("/ed/my-programme/")
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", level=3)).to_have_text(["Boats", "Rivers"])
    expect(main.get_by_text("At the same time as “Boats”.")).to_be_visible()
    main.get_by_role("button", name="Keep in my programme: Boats").press("Space")
    expect(main.get_by_text("At the same time as “Boats”.")).to_have_count(0)
    assert not Star.objects.exists()

    main.get_by_role("link", name="Log in").click()
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_text("What you starred in this browser is in your account now.")).to_be_visible()

    assert [star.session for star in user.stars.all()] == [rivers]
    assert page.evaluate("Object.keys(localStorage)") == []
    expect(main.get_by_role("heading", level=3)).to_have_text(["Rivers"])
    main.get_by_role("button", name="Keep in my programme: Rivers").click()
    expect(page.get_by_text("“Rivers” is no longer in your programme.")).to_be_visible()
    assert not Star.objects.exists()
