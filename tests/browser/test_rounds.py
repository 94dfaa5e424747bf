"""Ranked choice from end to end on the demonstration: sixty have chosen, one more does, an organiser publishes."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from conference.management.demo.people import ACCOUNTS
from conference.models import Outbox
from conference.tasks import run_due
from registration.models import AllocatedPlace, Preference, Registration, Round, WorkshopBooking

PASSWORDS = {account.part: (account.email, account.password) for account in ACCOUNTS}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def round_(live, settings):
    settings.STAFF_SECOND_FACTOR = False
    call_command("load_demo", verbosity=0, json=True)
    return Round.objects.get(way="ranked", edition__slug="second-conference")


def log_in(page, part, path):
    email, password = PASSWORDS[part]
    page.goto(f"/accounts/login/?next={path}")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").first.fill(password)
    page.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()


def saved():
    mine = Preference.objects.filter(registration__user__email="attendee@example.org")
    return list(mine.values_list("choice", flat=True))


def wait_until_saved(page):
    expect(page.locator("[data-ranking-state][data-state=saved]")).to_contain_text("Saved at")


def test_an_attendee_puts_workshops_in_order_and_an_organiser_publishes_the_allocation(
    round_, open_page, page
):
    narrow_page = open_page(390, 844, reduced_motion="reduce")  # a mobile one resizes while pages change
    log_in(narrow_page, "attendee", f"/second-conference/my-registration/rounds/{round_.pk}/")
    choices = [choice.pk for choice in round_.choices.all()]
    for number in (0, 1, 2):  # buttons
        narrow_page.locator(f"[data-choice='{choices[number]}'] [value^=add]").click()
    narrow_page.locator(f"[data-choice='{choices[2]}'] [value^=up]").click()
    narrow_page.keyboard.press("ArrowUp")  # the button keeps the focus
    wait_until_saved(narrow_page)
    assert saved() == [choices[2], choices[0], choices[1]]
    handle, last = (narrow_page.locator(f"[data-choice='{choices[n]}']").bounding_box() for n in (2, 1))
    narrow_page.mouse.move(handle["x"] + 12, handle["y"] + 12)  # dragging
    narrow_page.mouse.down()
    narrow_page.mouse.move(last["x"] + 12, last["y"] + last["height"] + 4, steps=4)
    narrow_page.mouse.up()
    wait_until_saved(narrow_page)
    assert saved() == [choices[0], choices[1], choices[2]]

    log_in(page, "organiser", f"/admin/registration/round/{round_.pk}/allocation/")
    expect(page.get_by_text("61 people have chosen.")).to_be_visible()
    page.get_by_role("button", name="Close the choice now").click()
    page.get_by_role("button", name="Compute an allocation").click()
    expect(page.locator("[data-task]")).to_be_visible()
    run_due()
    expect(page.get_by_text("It is done.")).to_be_visible()
    page.goto(f"/admin/registration/round/{round_.pk}/allocation/?show=lower")
    expect(page.get_by_text("all places are taken").first).to_be_visible()
    third = AllocatedPlace.objects.filter(rank=3).select_related("registration__user").first()
    if third:
        page.goto(f"/admin/registration/round/{round_.pk}/allocation/?q={third.registration.reference}")
        expect(page.get_by_text("third choice", exact=True)).to_be_visible()
        expect(page.locator("#people td li")).to_have_count(2)  # why not the first, why not the second
    page.get_by_role("link", name="Publish result 1…").click()
    expect(page.get_by_text("61 mails leave")).to_be_visible()
    page.get_by_role("button", name="Publish and send").click()
    expect(page.locator("[data-task]")).to_be_visible()
    run_due()
    expect(page.get_by_text("It is done.")).to_be_visible()

    placed = AllocatedPlace.objects.filter(choice__isnull=False).count()
    booked = WorkshopBooking.objects.confirmed().filter(workshop__in_round__round=round_).count()
    assert (booked, Outbox.objects.count()) == (placed, 61)
    narrow_page.reload()
    mine = AllocatedPlace.objects.get(
        registration=Registration.objects.get(
            user__email="attendee@example.org", edition__slug="second-conference"
        )
    )
    if mine.choice:
        expect(narrow_page.get_by_text("You were given a place in")).to_be_visible()
    else:
        expect(narrow_page.get_by_role("heading", name="Why not what I wanted more?")).to_be_visible()
    narrow_page.get_by_role("link", name="The whole result").click()
    expect(narrow_page.get_by_text("second-conference-2027").first).to_be_visible()
    assert narrow_page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
