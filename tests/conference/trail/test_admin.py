"""History pages, the trail over everything, and the way back to a former state."""

from django.test import TestCase
from django.urls import reverse

from conference.models import Page
from conference.trail.records import TRACKED, acting
from sessions.models import Session, Topic
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import make_edition, make_organiser, make_session, make_speaker

TRAIL = "/admin/trail/"


def address(row, page):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def latest_of(row, **fields):
    return TRACKED[type(row)].history.objects.filter(id=row.pk, **fields).latest("history_id")


class HistoryPageTests(TestCase):
    def setUp(self):
        self.olga = make_staff("organiser", email="olga@example.org")
        self.client.force_login(self.olga)
        self.session = make_session(title="Opening")

    def change(self, **fields):
        form = read_form(self.client, address(self.session, "change")) | fields
        response = self.client.post(address(self.session, "change"), form)
        self.assertEqual(response.status_code, 302)

    def test_it_says_who_changed_what_from_what_to_what(self):
        self.change(title_en="Welcome", do_not_record="on")

        page = self.client.get(address(self.session, "history"))

        first = page.context["states"][0]
        self.assertEqual(first.who, self.olga.name)
        self.assertEqual(
            [(one.label, one.before, one.after) for one in first.differences],
            [("Title (English)", "Opening", "Welcome"), ("Not to be recorded", "no", "yes")],
        )
        self.assertContains(page, "Welcome</ins>")

    def test_languages_are_named_and_what_only_the_form_remembers_is_not(self):
        self.change(language="nl")
        self.change(language="fr")

        page = self.client.get(address(self.session, "history"))

        latest = page.context["states"][0].differences
        self.assertEqual([(one.before, one.after) for one in latest], [("Dutch", "French")])
        said = [entry.get_change_message() for entry in page.context["action_list"]]
        self.assertEqual(said, ["Changed Spoken language.", "Changed Spoken language."])

    def test_long_texts_are_compared_line_by_line(self):
        self.change(abstract_en="One\nTwo\nThree")
        self.change(abstract_en="One\nTWO\nThree")

        first = self.client.get(address(self.session, "history")).context["states"][0]

        self.assertEqual(
            first.differences[0].lines, [("…", ""), (" ", "One"), ("-", "Two"), ("+", "TWO"), (" ", "Three")]
        )

    def test_hostile_texts_are_shown_as_texts(self):
        self.change(title_en="<script>alert(1)</script>")

        page = self.client.get(address(self.session, "history"))

        self.assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")
        self.assertNotContains(page, "<script>alert(1)")

    def test_one_state_takes_as_many_queries_as_three(self):
        self.change(title_en="A")
        one = queries_of(self.client, address(self.session, "history"))
        for words in "BCD":
            self.change(title_en=words)

        self.assertEqual(queries_of(self.client, address(self.session, "history")), one)

    def test_whoever_may_only_look_sees_no_former_texts(self):
        self.client.force_login(make_staff("registration desk"))

        self.assertNotIn("states", self.client.get(address(self.session, "history")).context)


class RestoringTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("organiser"))
        self.session = make_session(title="Opening", abstract="As it was")
        self.first = latest_of(self.session)
        self.session.title, self.session.abstract = "Spoilt", ""
        self.session.save()

    def restore(self, row=None, state=None, client=None):
        row, state = row or self.session, state or self.first
        return (client or self.client).post(f"{address(row, 'restore')}?state={state.pk}", follow=True)

    def test_looking_says_what_would_change_and_changes_nothing(self):
        page = self.client.get(f"{address(self.session, 'restore')}?state={self.first.pk}")

        self.assertEqual(
            [(one.label, one.before, one.after) for one in page.context["differences"]],
            [("Title (English)", "Spoilt", "Opening"), ("Abstract (English)", "", "As it was")],
        )
        self.session.refresh_from_db()
        self.assertEqual(self.session.title, "Spoilt")

    def test_the_button_brings_it_back_as_a_new_entry(self):
        self.restore()

        again = Session.objects.get(pk=self.session.pk)
        self.assertEqual((again.title, again.abstract), ("Opening", "As it was"))
        self.assertEqual(latest_of(self.session).history_type, "~")
        self.assertEqual(TRACKED[Session].history.objects.filter(id=self.session.pk).count(), 3)

    def test_public_pages_change_with_it(self):
        public = self.session.get_absolute_url()
        self.assertContains(self.client.get(public), "Spoilt")

        self.restore()

        self.assertContains(self.client.get(public), "As it was")

    def test_a_state_that_no_longer_fits_is_refused_in_words(self):
        """Another session has its number by now."""
        numbered = make_session(self.session.edition, title="Second", number=4)
        state = latest_of(numbered)
        Session.objects.filter(pk=numbered.pk).update(number=5)
        make_session(self.session.edition, title="Third", number=4)

        page = self.restore(numbered, state)

        self.assertContains(page, "That state no longer fits")
        self.assertEqual(Session.objects.get(pk=numbered.pk).number, 5)

    def test_flags_and_links_come_back(self):
        topic = Topic.objects.create(name="Peace", slug="peace")
        self.session.topics.add(topic)
        self.session.do_not_record = True
        self.session.save()
        state = latest_of(self.session)
        with acting(make_organiser()):
            Session.objects.get(pk=self.session.pk).topics.clear()
        Session.objects.filter(pk=self.session.pk).update(do_not_record=False)

        self.restore(state=state)

        again = Session.objects.get(pk=self.session.pk)
        self.assertEqual((again.do_not_record, list(again.topics.all())), (True, [topic]))

    def test_a_state_of_another_object_is_not_found(self):
        other = latest_of(make_session(title="Other"))

        self.assertEqual(self.restore(state=other).status_code, 404)

    def test_whoever_may_not_change_it_is_refused(self):
        self.client.force_login(make_staff("registration desk"))

        self.assertEqual(self.restore().status_code, 403)


class TrailPageTests(TestCase):
    def setUp(self):
        self.olga = make_organiser("Olga")
        self.client.force_login(self.olga)

    def found(self, **asked):
        return [line.entry.name for line in self.client.get(TRAIL, asked).context["lines"]]

    def test_everything_is_found_by_words_kind_edition_person_and_day(self):
        edition = make_edition(title="Second")
        make_session(edition, title="Of the second", abstract="canary")
        Page.objects.create(title="About", slug="about", body="canary too")

        self.assertEqual(self.found(q="CANARY"), ["About", "Of the second"])
        self.assertEqual(self.found(q="canary", kind="conference.page"), ["About"])
        self.assertEqual(self.found(q="canary", edition=edition.pk), ["Of the second"])
        self.assertEqual(self.found(who="olga"), [])
        self.assertEqual(self.found(q="canary", site="on"), ["About", "Of the second"])
        self.assertEqual(self.found(q="canary", until="2020-01-01"), [])
        self.assertEqual(self.found(q="canary", since="2020-01-01"), ["About", "Of the second"])

    def test_what_makes_no_sense_finds_nothing(self):
        make_session()

        self.assertEqual(self.found(since="yesterday"), [])

    def test_one_line_takes_as_many_queries_as_three(self):
        for number in (1, 2):
            Page.objects.create(title=f"Page {number}", slug=f"page-{number}")
        one = queries_of(self.client, TRAIL + "?kind=conference.page")
        for number in (3, 4, 5):
            Page.objects.create(title=f"Page {number}", slug=f"page-{number}")

        self.assertEqual(queries_of(self.client, TRAIL + "?kind=conference.page"), one)

    def test_many_entries_go_over_several_pages(self):
        for number in range(60):
            Page.objects.create(title=f"Page {number}", slug=f"page-{number}")

        self.assertEqual(len(self.found(kind="conference.page")), 50)
        self.assertEqual(self.found(kind="conference.page", page=2)[-1], "Page 0")

    def test_each_role_sees_the_kinds_it_may_change(self):
        make_session(title="Opening")
        make_speaker("Ada")
        expected = {
            "helper": 403, "registration desk": 200, "programme editor": 200, "organiser": 200,
        }  # fmt: skip
        for role, status in expected.items():
            self.client.force_login(make_staff(role))
            self.assertEqual(self.client.get(TRAIL).status_code, status, role)
        self.client.force_login(make_staff("registration desk", email="desk2@example.org"))
        self.assertEqual(self.found(q="Opening"), [])
        self.client.force_login(make_staff("programme editor", email="editor2@example.org"))
        self.assertEqual(self.found(q="Opening"), ["Opening"])
        self.assertNotIn(
            "conference.user",
            [kind for kind, _words in self.client.get(TRAIL).context["form"].fields["kind"].choices],
        )
