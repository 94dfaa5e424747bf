"""The ticket: its page, its calendar entry, its mail, and a new code."""

import io
from datetime import date
from email import message_from_bytes, policy

import segno
from django.core import mail
from django.core.cache import cache
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar
from PIL import Image

from conference.mail import send_due
from conference.models import Edition, Outbox
from registration import emails
from registration.exceptions import NoTicket
from registration.models import Registration
from registration.services import tickets
from registration.services.registering import cancel_registration, register
from registration.tickets.codes import QUIET_ZONE, path_of, svg_of
from tests.admin_forms import make_staff
from tests.factories import make_edition, make_organiser, make_registration, make_registration_type, make_user


def modules_of(png):
    """Dark and light modules of a QR code in a picture, without its quiet zone, which must be white."""
    picture = Image.open(io.BytesIO(png)).convert("L")
    matrix_size = segno.make_qr("A" * 32, error="m", mask=3, boost_error=False).symbol_size(border=0)[0]
    pixels = picture.width // (matrix_size + 2 * QUIET_ZONE)
    centres = [int((n + 0.5) * pixels) for n in range(matrix_size + 2 * QUIET_ZONE)]
    rows = [[picture.getpixel((x, y)) < 128 for x in centres] for y in centres]
    inner = [row[QUIET_ZONE:-QUIET_ZONE] for row in rows[QUIET_ZONE:-QUIET_ZONE]]
    assert sum(map(sum, rows)) == sum(map(sum, inner)), "the quiet zone is not white"
    return inner


def modules_for(code):
    return [list(map(bool, row)) for row in segno.make_qr(code, error="m", mask=3, boost_error=False).matrix]


class TicketTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(
            "Conference; with, marks", city="Gent", country="BE", starts_on=date(2031, 3, 13), ends_on=date(2031, 3, 14)
        )  # fmt: skip
        cls.ada = make_user("Ada Lovelace")
        cls.place = make_registration(edition=cls.edition, user=cls.ada)
        cls.page = reverse("registration:ticket", args=[cls.edition.slug])
        cls.reissue = reverse("registration:reissue_ticket", args=[cls.edition.slug])

    def sent_mail(self):
        """The latest mail, as a mail program reads it."""
        send_due()
        return message_from_bytes(mail.outbox[-1].message().as_bytes(), policy=policy.default)

    def enclosed(self, message):
        return {part.get_filename(): part for part in message.iter_attachments()}

    def test_page_shows_name_reference_and_code_to_its_person_only(self):
        self.client.force_login(self.ada)
        response = self.client.get(self.page)

        self.assertContains(response, "Ada Lovelace")
        self.assertContains(response, self.place.reference)
        self.assertContains(response, path_of(self.place.ticket_code))
        self.assertNotContains(response, self.place.ticket_code)  # only the picture says it
        self.assertIn("no-store", response["Cache-Control"])
        self.assertIn("private", response["Cache-Control"])

        self.client.force_login(make_user("Ben"))
        self.assertRedirects(
            self.client.get(self.page), reverse("registration:my_registration", args=[self.edition.slug]),
            fetch_redirect_response=False,
        )  # fmt: skip

    def test_who_waits_or_cancelled_has_no_ticket(self):
        for status in ("waiting", "pending", "cancelled"):
            with self.subTest(status):
                Registration.objects.update(status=status)
                self.client.force_login(self.ada)

                self.assertEqual(self.client.get(self.page).status_code, 302)
                self.assertEqual(self.client.get(self.page.rstrip("/") + ".ics").status_code, 404)
                with self.assertRaises(NoTicket):
                    tickets.reissue(registration=self.place, by=self.ada)

    def test_picture_has_a_white_quiet_zone_and_no_style_of_its_own(self):
        svg = svg_of("A" * 32)

        self.assertIn('fill="#fff"', svg)
        self.assertNotIn("style", svg)
        self.assertTrue(
            min(int(n) for n in path_of("A" * 32).replace("M", " ").split() if n.isdecimal()) >= 4
        )

    def test_calendar_entry_is_the_days_of_the_edition(self):
        self.client.force_login(self.ada)
        response = self.client.get(reverse("registration:ticket_calendar", args=[self.edition.slug]))
        (event,) = Calendar.from_ical(response.content).walk("VEVENT")

        self.assertEqual(response["Content-Type"], "text/calendar; charset=utf-8")
        self.assertEqual(event.decoded("dtstart"), date(2031, 3, 13))
        self.assertEqual(event.decoded("dtend"), date(2031, 3, 15))
        self.assertEqual(event["summary"], "Conference; with, marks")
        self.assertEqual(event["location"], "Gent, Belgium")
        self.assertTrue(str(event["uid"]).startswith(str(self.place.guid)))
        self.assertNotIn("ATTENDEE", event)
        self.assertNotIn(self.place.ticket_code, response.content.decode())
        self.assertTrue(all(len(line) <= 75 for line in response.content.split(b"\r\n")))

    def test_edition_of_a_month_has_no_entry(self):
        Edition.objects.update(date_precision=Edition.Precision.MONTH)
        self.client.force_login(self.ada)

        self.assertNotContains(self.client.get(self.page), ".ics")
        self.assertEqual(self.client.get(self.page.rstrip("/") + ".ics").status_code, 404)

    def test_confirmation_encloses_code_and_calendar(self):
        kind = make_registration_type(self.edition, "Other")
        cleo = make_user("Cleo", language="nl")
        place = register(user=cleo, registration_type=kind, role="teacher", country="BE")

        message = self.sent_mail()
        files = self.enclosed(message)

        self.assertEqual(message["To"], cleo.email)
        self.assertEqual(set(files), {"ticket.png", "conference.ics"})
        self.assertEqual(files["ticket.png"].get_content_type(), "image/png")
        self.assertEqual(modules_of(files["ticket.png"].get_content()), modules_for(place.ticket_code))
        self.assertEqual(files["conference.ics"].get_content_type(), "text/calendar")
        calendar = Calendar.from_ical(files["conference.ics"].get_content())
        self.assertEqual(len(calendar.walk("VEVENT")), 1)
        self.assertIn("/nl/", str(calendar.walk("VEVENT")[0]["url"]))
        self.assertIn(self.page, message.get_body(("plain",)).get_content())
        self.assertNotIn(place.ticket_code, message.as_string())

    def test_who_moves_up_from_the_waiting_list_gets_it_and_who_waits_does_not(self):
        emails.promoted(self.place)
        self.assertEqual(set(self.enclosed(self.sent_mail())), {"ticket.png", "conference.ics"})

        waiting = make_registration("Wilma", edition=self.edition, status="waiting", queue_number=5)
        emails.registered(waiting)
        self.assertEqual(self.enclosed(self.sent_mail()), {})

    def test_mail_that_leaves_after_a_new_code_or_a_cancellation_has_the_state_of_then(self):
        emails.registered(self.place)
        issued = tickets.reissue(registration=self.place, by=self.ada)
        send_due()
        for sent in mail.outbox:
            message = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
            png = self.enclosed(message)["ticket.png"].get_content()
            self.assertEqual(modules_of(png), modules_for(issued.ticket_code))
        self.assertEqual(len(mail.outbox), 2)

        emails.registered(issued)
        cancel_registration(registration=issued)
        send_due()
        message = message_from_bytes(mail.outbox[2].message().as_bytes(), policy=policy.default)
        self.assertEqual(self.enclosed(message), {})

    def test_a_mail_that_leaves_after_a_colleague_took_over_has_no_ticket_of_theirs(self):
        emails.registered(self.place)
        Registration.objects.filter(pk=self.place.pk).update(user=make_user("Bob"))

        self.assertEqual(self.enclosed(self.sent_mail()), {})

    def test_new_code_by_the_person_ends_the_old_one_and_asks_for_a_new_badge(self):
        Registration.objects.update(badge_printed_at=timezone.now())
        before = self.place.ticket_code
        self.client.force_login(self.ada)

        response = self.client.post(self.reissue, follow=True)

        self.place.refresh_from_db()
        self.assertFalse(Registration.objects.filter(ticket_code=before).exists())
        self.assertContains(response, path_of(self.place.ticket_code))
        self.assertNotContains(response, path_of(before))
        self.assertIsNone(self.place.badge_printed_at)
        self.assertIn("You asked for a new ticket", Outbox.objects.latest("pk").text)

    def test_new_code_by_an_organiser_says_so(self):
        tickets.reissue(registration=self.place, by=make_organiser())

        self.assertIn("The organisers gave you a new ticket", Outbox.objects.latest("pk").text)

    def test_looking_changes_nothing_and_nobody_renews_the_code_of_another(self):
        self.client.force_login(make_user("Ben"))
        self.assertEqual(self.client.post(self.reissue).status_code, 404)
        self.client.force_login(self.ada)
        self.assertEqual(self.client.get(self.reissue).status_code, 405)

        self.assertEqual(Registration.objects.get(pk=self.place.pk).ticket_code, self.place.ticket_code)

    @override_settings(ACCOUNT_RATE_LIMITS={"reissue_ticket": "2/m/user"})
    def test_new_codes_are_limited(self):
        cache.clear()
        self.client.force_login(self.ada)
        statuses = [self.client.post(self.reissue).status_code for _try in range(3)]

        self.assertEqual(statuses, [302, 302, 429])

    def test_codes_are_random_and_differ(self):
        codes = {make_registration(f"P{n}", edition=self.edition).ticket_code for n in range(5)}

        self.assertEqual(len(codes), 5)
        self.assertTrue(all(len(code) == 32 for code in codes))  # 160 bits


class DeskTests(TestCase):
    def test_desk_issues_new_tickets_from_the_list_and_is_told_who_has_none(self):
        place, waiting = make_registration("Ada"), make_registration("Ben", status="waiting")
        self.client.force_login(make_staff("registration desk"))
        chosen = {"action": "reissue_selected", "_selected_action": [place.pk, waiting.pk]}

        answer = self.client.post(
            reverse("admin:registration_registration_changelist") + "?edition=all", chosen, follow=True
        )

        self.assertContains(answer, "1 new ticket is issued.")
        self.assertContains(answer, f"{waiting.reference}: Only a confirmed registration has a ticket.")
        self.assertFalse(Registration.objects.filter(ticket_code=place.ticket_code).exists())
        self.assertTrue(Registration.objects.filter(ticket_code=waiting.ticket_code).exists())
        self.assertEqual(Outbox.objects.get().recipient, place.user.email)

    def test_helper_cannot(self):
        place = make_registration("Ada")
        self.client.force_login(make_staff("helper"))
        chosen = {"action": "reissue_selected", "_selected_action": [place.pk]}

        self.client.post(reverse("admin:registration_registration_changelist") + "?edition=all", chosen)

        self.assertTrue(Registration.objects.filter(ticket_code=place.ticket_code).exists())
