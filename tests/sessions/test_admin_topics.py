"""Topics in the admin, and what a session's form says about them."""

from django.test import TestCase, override_settings
from django.urls import reverse

from sessions.models import Session, Topic
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import make_edition, make_session


@override_settings(STAFF_SECOND_FACTOR=False)
class TopicAdminTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("programme editor"))
        self.session = make_session(make_edition(), "Opening")
        self.topic = Topic.objects.create(name="Peer learning", slug="peer-learning")
        self.address = reverse("admin:conference_sessions_session_change", args=[self.session.pk])

    def test_topics_and_links_are_given_in_the_form_of_a_session(self):
        form = read_form(self.client, self.address)
        links = {
            "links-TOTAL_FORMS": "1",
            "links-0-kind": "link",
            "links-0-title": "Read on",
            "links-0-position": "0",
        }
        self.client.post(
            self.address,
            form | links | {
                "topics": [self.topic.pk], "links-0-url": "https://example.org/read", "do_not_record": "on",
                "description_en": "And there is more.",
            },
        )  # fmt: skip
        session = Session.objects.get(pk=self.session.pk)

        self.assertEqual([topic.slug for topic in session.topics.all()], ["peer-learning"])
        self.assertEqual([link.url for link in session.links.all()], ["https://example.org/read"])
        self.assertEqual((session.do_not_record, session.description), (True, "And there is more."))

    def test_a_link_that_is_not_one_is_refused(self):
        form = read_form(self.client, self.address)
        links = {"links-TOTAL_FORMS": "1", "links-0-kind": "link", "links-0-position": "0"}
        response = self.client.post(self.address, form | links | {"links-0-url": "javascript:alert(1)"})

        self.assertEqual((response.status_code, self.session.links.count()), (200, 0))

    def test_topics_are_found_by_typing_and_listed_with_their_sessions(self):
        self.session.topics.add(self.topic)
        found = self.client.get(
            "/admin/autocomplete/?app_label=conference_sessions&model_name=session&field_name=topics&term=peer"
        ).json()
        page = self.client.get("/admin/conference_sessions/topic/")

        self.assertEqual([row["text"] for row in found["results"]], ["Peer learning"])
        self.assertContains(page, '<td class="field-how_many">1</td>')

    def test_the_list_asks_as_often_for_three_topics_as_for_one(self):
        for_one = queries_of(self.client, "/admin/conference_sessions/topic/")
        for name in ("Second", "Third"):
            self.session.topics.add(Topic.objects.create(name=name, slug=name.lower()))

        self.assertEqual(queries_of(self.client, "/admin/conference_sessions/topic/"), for_one)
