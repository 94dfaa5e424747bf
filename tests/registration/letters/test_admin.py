"""Organisers write a letter, look at it, confirm on a second page, follow it and stop it."""

from django.contrib.admin.models import LogEntry
from django.test import override_settings
from django.urls import reverse

from conference.models import Outbox
from registration.models import Addressee, Letter
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import make_edition, make_registration, make_user
from tests.registration.letters.case import LetterCase, make_letter

WORDS = {
    "attendees": "on", "statuses": ["confirmed"], "places": "confirmed", "state": "",
    "subject_en": "Hello {name}", "text_en": "Dear {name},\n\n{link}", "subject_nl": "", "text_nl": "",
}  # fmt: skip


@override_settings(STAFF_SECOND_FACTOR=False)
class LetterAdminCase(LetterCase):
    def setUp(self):
        self.writer = make_staff("organiser", email="writer@example.org")
        self.client.force_login(self.writer)

    def address(self, name, letter=None):
        args = [self.edition.pk, *([letter.guid] if letter else [])]
        return reverse(f"admin:conference_edition_{name}", args=args)

    def write(self, **changes):
        return self.client.post(self.address("letters_new"), WORDS | changes)

    def press(self, letter, step):
        return self.client.post(self.address("letter", letter), {"step": step})


class WritingTests(LetterAdminCase):
    def test_draft_is_kept_and_can_be_changed(self):
        self.write()
        letter = Letter.objects.get()
        self.assertEqual((letter.status, letter.subjects), ("draft", {"en": "Hello {name}"}))
        self.assertContains(self.client.get(self.address("letters")), "Hello {name}")

        form = read_form(self.client, self.address("letter_edit", letter))
        self.assertEqual(form["text_en"], "Dear {name},\r\n\r\n{link}".replace("\r", ""))
        self.client.post(self.address("letter_edit", letter), WORDS | {"subject_en": "Bye"})

        self.assertEqual(Letter.objects.get().subjects, {"en": "Bye"})

    def test_second_of_two_who_change_it_is_told_and_overwrites_nothing(self):
        letter = make_letter(self.edition)
        page = self.address("letter_edit", letter)
        hers, mine = (read_form(self.client, page) | {"subject_en": words} for words in ("Hers", "Mine"))
        self.client.post(page, hers)

        refused = self.client.post(page, mine)

        self.assertContains(refused, "changed meanwhile")
        self.assertContains(refused, 'value="Mine"')
        self.assertEqual(Letter.objects.get().subjects["en"], "Hers")
        wrong = self.client.post(page, mine | {"subject_en": ""})  # another mistake does not make it right
        self.assertIn(mine["seen"], wrong.content.decode())
        self.client.post(page, mine | {"seen": refused.context["seen"]})
        self.assertEqual(Letter.objects.get().subjects["en"], "Mine")

    def test_a_page_about_it_calls_it_by_its_subject_in_the_language_of_the_reader(self):
        self.write(subject_en="News of {edition}", subject_nl="Nieuws van {edition}", text_nl="Dag")
        letter = Letter.objects.get()

        english = self.client.get(self.address("letter", letter))
        dutch = self.client.get("/nl" + self.address("letter", letter))

        self.assertContains(english, f"<h1>News of {self.edition}</h1>", html=True)
        self.assertContains(dutch, f"<h1>Nieuws van {self.edition}</h1>", html=True)

    def test_unknown_place_is_a_field_error_and_what_was_typed_is_kept(self):
        for words in ("{nme}", "{user.password}", "{{ settings.SECRET_KEY }}", "{}", "{0}"):
            response = self.write(text_en=f"Dear {words}")
            self.assertIn("text_en", response.context["form"].errors, words)
            self.assertContains(response, "There is no place called")
        self.assertContains(response, "Dear {0}")
        self.assertEqual(Letter.objects.count(), 0)

    def test_what_is_missing_is_said_beside_the_field(self):
        for changes, field in (
            ({"subject_en": ""}, "subject_en"),
            ({"text_en": ""}, "text_en"),
            ({"subject_en": "", "text_en": ""}, "text_en"),
            ({"attendees": ""}, "attendees"),
            ({"statuses": []}, "statuses"),
            ({"text_en": "[x](http://evil.test/{name})"}, "text_en"),
        ):
            self.assertEqual(list(self.write(**changes).context["form"].errors), [field], changes)

    def test_it_is_shown_as_one_of_its_people_reads_it_in_every_language(self):
        letter = make_letter(self.edition)
        key = f"u{self.ben.user_id}"
        response = self.client.get(self.address("letter", letter), {"q": "be", "person": key})

        self.assertContains(response, "Dear Ben,")
        self.assertContains(response, "Beste Ben,")
        self.assertEqual([one.is_theirs for one in response.context["examples"]], [False, True])
        self.assertContains(response, "<strong>2</strong> people get this letter")
        self.assertContains(response, "English 1, Dutch 1")
        self.assertEqual([one.name for one in response.context["to_choose_from"]], ["Ben"])

    def test_test_goes_to_whoever_asks_in_each_language_and_to_nobody_else(self):
        self.press(make_letter(self.edition), "test")

        self.assertEqual(self.recipients(), [self.writer.email] * 2)
        self.assertEqual(Letter.objects.get().status, "draft")

    def test_pages_take_the_same_queries_for_one_and_three(self):
        letter = make_letter(self.edition)
        pages = [self.address("letters"), self.address("letter", letter), self.address("letter_send", letter)]
        before = [queries_of(self.client, page) for page in pages]
        for number in range(3):
            make_registration(f"More {number}", self.edition)
            make_letter(self.edition)

        self.assertEqual([queries_of(self.client, page) for page in pages], before)


class ConfirmingTests(LetterAdminCase):
    def setUp(self):
        super().setUp()
        self.letter = make_letter(self.edition)

    def confirm(self):
        form = read_form(self.client, self.address("letter_send", self.letter))
        return self.client.post(self.address("letter_send", self.letter), form)

    def test_following_the_link_sends_nothing_and_says_the_number(self):
        response = self.client.get(self.address("letter_send", self.letter))

        self.assertContains(response, "Send to 2 people")
        self.assertEqual(Addressee.objects.count(), 0)

    def test_confirming_sends_and_is_written_down(self):
        self.confirm()
        self.write_all()

        self.assertEqual(self.recipients(), sorted([self.ada.user.email, self.ben.user.email]))
        self.assertEqual(Letter.objects.get().sent_by, self.writer)
        said = LogEntry.objects.get(object_id=str(self.edition.pk)).change_message
        self.assertEqual(said, "The letter “News of {edition}” goes to 2 people.")

    def test_confirming_what_somebody_changed_meanwhile_sends_nothing(self):
        form = read_form(self.client, self.address("letter_send", self.letter))
        self.letter.save()
        response = self.client.post(self.address("letter_send", self.letter), form, follow=True)

        self.assertContains(response, "changed meanwhile")
        self.assertEqual(Addressee.objects.count(), 0)

    def test_progress_failures_and_buttons(self):
        self.confirm()
        self.write_all()
        Outbox.objects.filter(recipient=self.ada.user.email).update(status="failed", last_error="550 gone")
        page = self.address("letter", self.letter)

        self.assertContains(self.client.get(page), "550 gone")
        self.assertContains(self.client.get(page), "Send 1 failed mail again")
        self.assertNotContains(self.client.get(page, {"state": "failed"}), self.ben.user.email)
        self.press(self.letter, "again")
        self.press(self.letter, "stop")
        self.assertEqual(set(Outbox.objects.values_list("status", flat=True)), {"held"})
        self.press(self.letter, "go_on")
        self.assertEqual(set(Outbox.objects.values_list("status", flat=True)), {"waiting"})

    def test_list_of_people_takes_the_same_queries_for_one_and_three(self):
        self.confirm()
        self.write_all()
        page = self.address("letter", self.letter)
        before = queries_of(self.client, page)
        for number in range(3):
            user = make_user(f"More {number}")
            Addressee.objects.create(letter=self.letter, user=user, address=user.email, language="en")

        self.assertEqual(queries_of(self.client, page), before)

    def test_what_is_on_its_way_is_neither_changed_nor_thrown_away_nor_sent_again(self):
        self.confirm()

        self.assertEqual(self.client.get(self.address("letter_edit", self.letter)).status_code, 404)
        self.assertEqual(self.client.get(self.address("letter_send", self.letter)).status_code, 404)
        self.press(self.letter, "discard")
        self.assertEqual(self.press(self.letter, "nonsense").status_code, 404)
        self.assertTrue(Letter.objects.exists())

    def test_nobody_but_organisers_writes_to_people(self):
        pages = [self.address("letters"), self.address("letters_new"), self.address("letter", self.letter)]
        for role in ("helper", "registration desk", "programme editor"):
            self.client.force_login(make_staff(role))
            self.assertEqual([self.client.get(page).status_code for page in pages], [403] * 3, role)
            self.assertEqual(self.press(self.letter, "test").status_code, 403, role)
        self.assertEqual(Outbox.objects.count(), 0)

    def test_letter_of_another_edition_is_not_found(self):
        page = reverse("admin:conference_edition_letter", args=[make_edition().pk, self.letter.guid])

        self.assertEqual(self.client.get(page).status_code, 404)


class OutboxFilterTests(LetterAdminCase):
    def test_mails_of_one_letter(self):
        first, second = make_letter(self.edition), make_letter(self.edition, subjects={"en": "Second"})
        draft = make_letter(self.edition, subjects={"en": "A draft"})
        for letter in (first, second):
            self.send(letter)
        self.write_all()
        outbox = reverse("admin:conference_outbox_changelist")

        found = self.client.get(outbox, {"letter": str(second.guid)})

        self.assertEqual({mail.addressee.letter for mail in found.context["cl"].queryset}, {second})
        self.assertEqual(found.context["cl"].result_count, 2)
        self.assertContains(found, f"letter={first.guid}")
        self.assertNotContains(found, f"letter={draft.guid}")
        self.assertEqual(self.client.get(outbox, {"letter": "x"}).context["cl"].result_count, 0)
