"""Questions fold away in the browser while they do not apply, and what is folded away is not sent."""

from registration.models import Answer
from tests.factories import make_edition, make_question, make_registration_type


def test_questions_fold_by_type_and_by_answer(page, live):
    edition = make_edition(slug="ed")
    make_registration_type(edition, "Participant")
    press = make_registration_type(edition, "Press")
    make_question(edition, "Which paper?", kind="short", is_required=True).types.add(press)
    hotel = make_question(edition, "Hotel?", kind="yes_no")
    nights = make_question(
        edition, "Nights?", kind="number", after=hotel, after_answer="yes", is_required=True
    )
    page.goto("/ed/register/")
    paper, count = page.get_by_label("Which paper?"), page.get_by_label("Nights?")

    assert (paper.is_visible(), count.is_visible()) == (False, False)
    page.get_by_label("Press").check()
    page.get_by_label("Yes", exact=True).check()
    assert (paper.is_visible(), count.is_visible()) == (True, True)
    count.fill("2")
    page.get_by_label("Participant").check()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Country").select_option("BE")
    page.get_by_label("Your role").select_option("teacher")
    page.locator("[name=consent]").check()
    assert (paper.is_visible(), count.is_visible()) == (False, True)
    page.locator("#register button[type=submit]").click()
    page.wait_for_url("**/ed/my-registration/")

    assert {answer.question: answer.text for answer in Answer.objects.all()} == {hotel: "yes", nights: "2"}
