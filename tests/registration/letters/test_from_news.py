"""News becomes a letter: in its languages, with its address, to those who want news."""

from datetime import timedelta

from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from conference.models import NewsItem, Outbox
from registration.models import Letter
from tests.admin_forms import make_staff, read_form
from tests.factories import make_edition, make_registration, make_user
from tests.registration.letters.case import LetterCase


@override_settings(STAFF_SECOND_FACTOR=False)
class FromNewsTests(LetterCase):
    def setUp(self):
        self.client.force_login(make_staff("organiser", email="writer@example.org"))
        self.new = reverse("admin:conference_edition_letters_new", args=[self.edition.pk])

    def news(self, edition=None, **fields):
        fields = {
            "title_en": "Doors open", "summary_en": "At nine.", "body_en": "Long words.",
            "title_nl": "De deuren gaan open", "summary_nl": "", "body_nl": "Om negen uur.",
            "published_at": timezone.now() - timedelta(days=1), **fields,
        }  # fmt: skip
        return NewsItem.objects.create(edition=edition, slug="doors", title=fields["title_en"], **fields)

    def form(self, item):
        return read_form(self.client, f"{self.new}?news={item.pk}")

    def test_the_form_begins_with_the_words_and_the_address_in_each_language(self):
        form = self.form(self.news(self.edition))

        address = f"http://localhost:8000/{self.edition.slug}/news/doors/"
        self.assertEqual(form["subject_en"], "Doors open")
        self.assertEqual(form["text_en"].split(), ["At", "nine.", address])
        self.assertEqual(form["subject_nl"], "De deuren gaan open")
        self.assertEqual(form["text_nl"].split()[-1], address.replace("8000/", "8000/nl/"))
        self.assertEqual((form["text_fr"], "is_news" in form), ("", True))

    def test_whoever_wants_news_gets_it_in_their_language_and_can_unsubscribe(self):
        eve = make_registration(edition=self.edition, user=make_user("Eve", wants_news=False))
        form = self.form(self.news(self.edition))
        self.client.post(self.new, form | {"attendees": "on", "statuses": ["confirmed"]})
        letter = Letter.objects.get()

        self.send(letter)
        self.write_all()

        mails = {mail.recipient: mail for mail in Outbox.objects.all()}
        self.assertEqual(set(mails), {self.ada.user.email, self.ben.user.email})
        self.assertNotIn(eve.user.email, mails)
        self.assertIn("Om negen uur.", mails[self.ben.user.email].text)
        self.assertIn("/unsubscribe/", mails[self.ada.user.email].text)

    def test_what_nobody_may_read_yet_or_belongs_elsewhere_begins_no_letter(self):
        for item in (self.news(self.edition, published_at=None), self.news(make_edition())):
            self.assertEqual(self.client.get(f"{self.new}?news={item.pk}").status_code, 404)
        self.assertEqual(self.client.get(f"{self.new}?news=x").status_code, 404)

    def test_its_form_leads_there_for_those_who_may_write(self):
        item = self.news(self.edition)
        page, link = reverse("admin:conference_newsitem_change", args=[item.pk]), f"{self.new}?news={item.pk}"

        self.assertContains(self.client.get(page), link)
        item.published_at = None
        item.save()
        self.assertNotContains(self.client.get(page), link)
        item.published_at = timezone.now()
        item.save()
        self.client.force_login(make_staff("programme editor", email="editor@example.org"))
        self.assertNotContains(self.client.get(page), link)
