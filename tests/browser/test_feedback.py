"""Feedback on a telephone, with and without script; the pages of results and news hold on every screen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from conference.models import NewsItem
from registration.models import FeedbackSheet
from tests.browser.accessible import problems_at, wrong_pages
from tests.browser.test_offline import act_as
from tests.factories import make_appearance, make_speaker, make_user
from tests.registration.feedback.asked import AskedEdition


@pytest.fixture
def asked(live):
    made = AskedEdition()
    AskedEdition.make()
    return made


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_telephone_somebody_answers_and_is_thanked(open_page, asked, scripts):
    ada = asked.person()
    page = open_page(390, 844, is_mobile=True, has_touch=True, java_script_enabled=scripts)
    act_as(page, ada.user)
    page.goto("/ed/my-registration/")
    page.locator("a[href='/ed/sessions/lab/feedback/']").click()
    page.get_by_label("4", exact=True).check()
    page.get_by_label("Right", exact=True).check()
    page.get_by_label("What would you change?").fill("More time")
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("text=You have answered. Thank you!")

    sheet = FeedbackSheet.objects.get()
    assert sheet.tallies == {str(asked.scale.pk): {"4": 1}, str(asked.choice.pk): {"1": 1}}
    assert list(sheet.texts[str(asked.text.pk)].values()) == ["More time"]


def test_axe_finds_nothing_on_the_pages_of_feedback_and_news(open_page, asked):
    speaker = make_user("Grace")
    make_appearance(asked.talk, make_speaker(user=speaker), part="speaker")
    asked.crowd(5, 5, 5, 5, 5, 3, 3, 3, 3, 3, text="A long word: " + "w" * 90)
    moment = timezone.now() - timedelta(days=1)
    NewsItem.objects.create(edition=asked.edition, title="Doors open", slug="doors", published_at=moment)
    page = open_page(bypass_csp=True)
    found = {}
    act_as(page, asked.person().user)
    for path in ("/ed/sessions/lab/feedback/", "/ed/news/", "/ed/news/doors/", "/news/"):
        found[path] = problems_at(page, path)
    act_as(page, speaker)
    found["results"] = problems_at(page, "/ed/sessions/talk/feedback/results/")

    assert wrong_pages(found) == {}
