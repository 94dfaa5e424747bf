"""The page of the badges in the admin: what it shows, the file, and “these are printed”."""

from django.contrib.admin.models import LogEntry
from django.test import TestCase
from django.urls import reverse

from conference.models import Task
from conference.tasks import run_due
from registration.badges.people import Choice, bearers_of
from registration.models import Registration
from tests.admin_forms import make_staff
from tests.factories import make_edition, make_organiser, make_registration


class BadgesPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.desk = make_staff("registration desk")
        make_registration("Ada Lovelace", cls.edition)
        make_registration("Ben Abel", cls.edition)
        cls.page = reverse("admin:conference_edition_badges", args=[cls.edition.pk])
        cls.choice = f"{cls.page}?design=a7&look=plain&order=last&last=B&only_new=on"

    def setUp(self):
        self.client.force_login(make_organiser())

    def test_button_stands_on_the_form_of_the_edition(self):
        form = self.client.get(reverse("admin:conference_edition_change", args=[self.edition.pk]))

        self.assertContains(form, f'href="{self.page}"')

    def test_page_counts_whoever_is_chosen_and_shows_the_first_ones(self):
        self.assertContains(self.client.get(self.page), "Make the file with 2 badges")
        chosen = self.client.get(self.choice)

        self.assertContains(chosen, "Make the file with 1 badge")
        self.assertContains(chosen, "preview.png?design=a7&amp;look=plain")
        self.assertNotContains(chosen, "<script>")
        picture = self.client.get(self.choice.replace("badges/?", "badges/preview.png?"))
        self.assertEqual(picture["Content-Type"], "image/png")
        self.assertIn("no-store", picture["Cache-Control"])

    def test_nobody_chosen_shows_invented_people_and_no_button(self):
        page = self.client.get(self.choice.replace("last=B", "first=X"))

        self.assertContains(page, "With invented people")
        self.assertNotContains(page, "Make the file")
        picture = self.client.get(
            self.choice.replace("badges/?", "badges/preview.png?").replace("last=B", "first=X")
        )
        self.assertEqual(picture.status_code, 200)
        self.assertEqual(self.client.post(self.choice.replace("last=B", "first=X")).status_code, 200)
        self.assertFalse(Task.objects.exists())

    def test_unknown_choices_are_refused(self):
        for query in (
            "design=a5&look=plain&order=last",
            "design=../x&look=colour&order=last",
            "design=a6&types=0",
        ):
            with self.subTest(query):
                page = self.client.get(f"{self.page}?{query}")
                self.assertContains(page, "Please correct")
                self.assertEqual(self.client.get(f"{self.page}preview.png?{query}").status_code, 404)
                self.assertEqual(self.client.post(f"{self.page}?{query}").status_code, 200)
        self.assertFalse(Task.objects.exists())

    def test_what_was_changed_after_looking_is_shown_before_it_is_made(self):
        chosen = {"design": "a6", "look": "plain", "order": "last", "only_new": "on", "make": "Make"}

        answer = self.client.post(self.choice, chosen, follow=True)

        self.assertFalse(Task.objects.exists())
        self.assertContains(answer, "This is what you chose last.")
        self.assertContains(answer, "Make the file with 2 badges")
        self.assertEqual(answer.redirect_chain[0][0].count("csrf"), 0)
        self.client.post(answer.redirect_chain[0][0], chosen)
        self.assertEqual(Task.objects.get().options["choice"]["design"], "a6")

    def test_show_keeps_the_choice_in_the_address(self):
        chosen = {"design": "a7", "look": "plain", "order": "last", "last": "B", "show": "Show"}
        answer = self.client.post(self.page, chosen)
        self.assertRedirects(answer, f"{self.page}?design=a7&look=plain&order=last&last=B")
        self.assertContains(self.client.post(self.page, chosen | {"design": "a5"}), "Please correct")

    def test_looking_makes_and_marks_nothing(self):
        self.client.get(self.choice)

        self.assertFalse(Task.objects.exists())
        self.assertFalse(Registration.objects.exclude(badge_printed_at=None).exists())

    def test_from_the_choice_to_the_file_to_printed(self):
        asked = self.client.post(self.choice)
        task = Task.objects.get()
        self.assertTrue(asked["Location"].startswith(reverse("admin:task_page", args=[task.guid])))
        run_due()

        file = self.client.get(reverse("admin:task_file", args=[task.guid]))
        self.assertTrue(b"".join(file.streaming_content).startswith(b"%PDF-"))
        self.assertContains(self.client.get(self.page), "These are printed")
        self.assertFalse(Registration.objects.exclude(badge_printed_at=None).exists())

        answer = self.client.post(self.page, {"printed": str(task.guid)}, follow=True)

        self.assertContains(answer, "1 badge is printed.")
        self.assertContains(answer, "Make the file with 1 badge")
        printed = Registration.objects.exclude(badge_printed_at=None)
        self.assertEqual([row.user.name for row in printed], ["Ben Abel"])
        self.assertEqual(
            [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")],
            ["A file of 1 badge was asked for.", "1 badge is printed."],
        )

    def test_a_corrected_name_asks_for_a_new_badge(self):
        self.client.post(self.choice)
        run_due()
        self.client.post(self.page, {"printed": str(Task.objects.get().guid)})
        ben = Registration.objects.exclude(badge_printed_at=None).get().user
        new = Choice("a6", only_new=True)
        self.assertNotIn("Ben Abel", [one.name for one in bearers_of(self.edition, new)])

        ben.name = "Benjamin Abel"
        ben.save()

        self.assertIn("Benjamin Abel", [one.name for one in bearers_of(self.edition, new)])

    def test_file_of_somebody_else_is_not_theirs_to_confirm(self):
        self.client.post(self.choice)
        run_due()
        self.client.force_login(self.desk)

        answer = self.client.post(self.page, {"printed": str(Task.objects.get().guid)})

        self.assertEqual(answer.status_code, 404)
        self.assertFalse(Registration.objects.exclude(badge_printed_at=None).exists())
