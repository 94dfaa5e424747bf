"""Organisers describe many presentations at once, compare two versions, and go back to an earlier one."""

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from conference.models import Outbox, Theme
from sessions.models import Level, Presentation, PresentationFile, Preview, PreviewPage, Topic
from tests.admin_forms import make_staff, read_form
from tests.factories import make_presentation, make_session, make_version

LIST = "/admin/conference_sessions/presentation/"


@override_settings(STAFF_SECOND_FACTOR=False)
class AdminCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_staff("programme editor")
        cls.session = make_session()
        cls.one, cls.two = (make_presentation(cls.session, title) for title in ("One", "Two"))

    def setUp(self):
        self.client.force_login(self.editor)


class DescribeTests(AdminCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.topic, cls.other = (Topic.objects.create(name=name, slug=f"t-{name}") for name in ("a", "b"))
        cls.level = Level.objects.create(name="Evening", slug="evening")
        cls.theme = Theme.objects.create(title="Gender", slug="gender", start_year=2018, end_year=2019)

    def address(self):
        data = {"action": "describe_selected", "_selected_action": [self.one.pk, self.two.pk]}
        return self.client.post(LIST, data).headers["Location"]

    def test_what_is_chosen_is_set_and_what_is_left_open_stays(self):
        self.one.topics.add(self.other)
        data = {
            "topics": [self.topic.pk], "levels": [self.level.pk], "language": "nl", "country": "SN",
            "age_from": "12", "theme": self.theme.pk, "open_pages": "0", "opens": "after",
        }  # fmt: skip

        response = self.client.post(self.address(), data, follow=True)

        self.assertContains(response, "2 described.")
        for row, topics in ((self.one, [self.topic, self.other]), (self.two, [self.topic])):
            row.refresh_from_db()
            self.assertEqual(list(row.topics.order_by("pk")), topics)
            self.assertEqual(
                (
                    row.language,
                    row.country.code,
                    row.age_from,
                    row.theme,
                    row.open_pages,
                    row.opens_after_session,
                ),
                ("nl", "SN", 12, self.theme, 0, True),
            )
            self.assertEqual((row.kind, row.licence, row.audience), ("slides", "cc-by", "everyone"))

    def test_lists_are_replaced_when_asked(self):
        self.one.topics.add(self.other)
        self.one.levels.add(self.level)

        self.client.post(self.address(), {"topics": [self.topic.pk], "replaces": "on"})

        self.assertEqual([*self.one.topics.all(), *self.one.levels.all()], [self.topic, self.level])

    def test_nothing_chosen_changes_nothing(self):
        self.assertContains(self.client.post(self.address(), {}), "Choose at least one thing to change.")

    def test_what_one_of_them_cannot_have_is_said_and_the_others_get_it(self):
        loose = make_presentation(title="Loose")
        address = f"{LIST}describe/?ids={self.one.pk},{loose.pk}"

        response = self.client.post(address, {"audience": "attendees"}, follow=True)

        self.assertContains(response, "Loose: “Attendees” needs an edition")
        states = Presentation.objects.filter(pk__in=[self.one.pk, loose.pk]).order_by("pk")
        self.assertEqual([row.audience for row in states], ["attendees", "everyone"])

    def test_the_form_of_one_has_the_same_fields(self):
        address = f"{LIST}{self.one.pk}/change/"
        data = read_form(self.client, address)

        self.client.post(address, {**data, "topics": [self.topic.pk], "doi": "10.1234/abc", "age_to": "18"})

        self.one.refresh_from_db()
        self.assertEqual(
            (self.one.topics.get(), self.one.doi, self.one.age_to), (self.topic, "10.1234/abc", 18)
        )


class VersionTests(AdminCase):
    def setUp(self):
        super().setUp()
        self.first = self.one.versions.get()
        self.second = make_version(self.one, b"%PDF-1.7 second", original_name="second.pdf")
        self.address = f"{LIST}{self.one.pk}/compare/"

    def give_text(self, version, *texts):
        preview = Preview.objects.create(
            sha256=str(version.pk).rjust(64, "0"), state="done", page_count=len(texts)
        )
        PreviewPage.objects.bulk_create(
            PreviewPage(preview=preview, number=number, text=text)
            for number, text in enumerate(texts, start=1)
        )
        PresentationFile.objects.filter(pk=version.pk).update(preview=preview)

    def test_two_versions_stand_side_by_side(self):
        self.give_text(self.first, "Welcome", "Three schools <b>")
        self.give_text(self.second, "Welcome", "Four schools <b>", "Questions")

        response = self.client.get(self.address)

        for words in (
            "<del>Three </del>",
            "<ins>Four </ins>",
            "<ins>Questions</ins>",
            "schools &lt;b&gt;",
            "second.pdf",
        ):
            self.assertContains(response, words)

    def test_the_pictures_of_their_pages_stand_beside_each_other(self):
        self.give_text(self.first, "Welcome", "Three schools")
        self.give_text(self.second, "Welcome")
        PreviewPage.objects.exclude(text="Three schools").update(width=1600)

        response = self.client.get(self.address)

        for version, number, count in ((self.first, 1, 1), (self.first, 2, 0), (self.second, 1, 1)):
            picture = f'src="/presentations/{self.one.guid}/versions/{version.guid}/pages/{number}/400.webp"'
            self.assertContains(response, picture, count)

    def test_it_asks_as_often_for_many_pages_as_for_one(self):
        counts = []
        for texts in (("One",), ("One", "Two", "Three")):
            Preview.objects.all().delete()
            for version in (self.first, self.second):
                self.give_text(version, *texts)
            self.client.get(self.address)
            with CaptureQueriesContext(connection) as counted:
                self.client.get(self.address)
            counts.append(len(counted))
        self.assertEqual(counts[0], counts[1])

    def test_versions_without_text_are_compared_by_their_facts(self):
        self.assertContains(self.client.get(self.address), "The text of these versions was not read")

    def test_any_two_can_be_chosen_and_strange_numbers_choose_nothing(self):
        third = make_version(self.one, b"%PDF-1.7 third")
        asked = {
            "?old=1&new=3": (self.first, third),
            "": (self.second, third),
            "?old=x&new=99": (self.second, third),
        }

        for query, sides in asked.items():
            context = self.client.get(self.address + query).context
            self.assertEqual((context["old"], context["new"]), sides, query)

    def test_going_back_makes_the_earlier_file_public_as_the_newest_version(self):
        response = self.client.post(self.address, {"version": "1"}, follow=True)

        self.assertContains(response, "Version 1 is public again, as version 3.")
        self.one.refresh_from_db()
        public = self.one.current_file
        self.assertEqual((public.number, public.file.name), (3, self.first.file.name))
        self.assertEqual((public.decided_by, public.status), (self.editor, "approved"))
        self.assertEqual(self.one.versions.count(), 3)

    def test_what_cannot_be_public_is_not_gone_back_to(self):
        for change, words in (
            ({"version": "2"}, "This version is the public one already."),
            ({"version": "1"}, "The file of this version is missing or changed"),
        ):
            PresentationFile.objects.filter(pk=self.first.pk).update(damage="missing")
            with self.subTest(words):
                self.assertContains(self.client.post(self.address, change, follow=True), words)
        self.assertEqual(self.one.versions.count(), 2)
        self.assertEqual(Outbox.objects.count(), 0)

    def test_the_form_leads_there(self):
        self.assertContains(self.client.get(f"{LIST}{self.one.pk}/change/"), self.address)
        self.assertNotContains(self.client.get(f"{LIST}{self.two.pk}/change/"), "/compare/")

    def test_no_way_in_without_permission(self):
        self.client.force_login(make_staff("helper"))

        self.assertEqual(
            [self.client.get(self.address).status_code, self.client.post(self.address).status_code], [403] * 2
        )
