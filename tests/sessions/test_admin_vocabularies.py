"""The words of the library in the admin: renamed, merged, counted."""

from django.test import TestCase, override_settings
from django.urls import reverse

from conference.viewer import ANONYMOUS
from sessions.library.asking import Asked
from sessions.library.search import search
from sessions.models import Level, Topic
from tests.admin_forms import make_staff, queries_of, read_form
from tests.factories import make_edition, make_presentation, make_session


@override_settings(STAFF_SECOND_FACTOR=False)
class VocabularyAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make_staff("programme editor")
        cls.presentation = make_presentation(make_session(make_edition(), "Opening"))
        cls.topic = Topic.objects.create(name="Radicalisation", slug="radicalisation")
        cls.presentation.topics.add(cls.topic)

    def setUp(self):
        self.client.force_login(self.editor)

    def address(self, page, topic=None):
        return reverse(f"admin:conference_sessions_topic_{page}", args=[(topic or self.topic).pk])

    def test_a_topic_renamed_in_its_form_keeps_its_old_address_and_gets_new_words(self):
        form = read_form(self.client, self.address("change"))
        said = {"name_en": "Polarisation", "slug": "polarisation"}
        said |= {"words-TOTAL_FORMS": "1", "words-0-word": "us and them", "words-0-language": "en"}
        self.client.post(self.address("change"), form | said)
        topic = Topic.objects.get(pk=self.topic.pk)

        self.assertEqual((topic.name_en, topic.slug), ("Polarisation", "polarisation"))
        self.assertEqual(
            sorted(topic.words.values_list("word", flat=True)), ["Radicalisation", "us and them"]
        )
        self.assertEqual(Topic.objects.known_as("radicalisation"), topic)

    def test_a_word_given_to_a_topic_finds_what_is_about_it(self):
        form = read_form(self.client, self.address("change"))
        said = {"words-TOTAL_FORMS": "1", "words-0-word": "zebrafish", "words-0-language": ""}
        self.client.post(self.address("change"), form | said)
        found = search(Asked("zebrafish"), ANONYMOUS)

        self.assertEqual([hit.object for hit in found.hits], [self.presentation])

    def test_a_former_address_of_another_topic_is_refused_in_the_form(self):
        form = read_form(self.client, self.address("change"))
        self.client.post(self.address("change"), form | {"slug": "polarisation"})
        other = Topic.objects.create(name="Peace", slug="peace")
        form = read_form(self.client, self.address("change", other))
        response = self.client.post(self.address("change", other), form | {"slug": "radicalisation"})
        other.refresh_from_db()

        self.assertEqual((response.status_code, other.slug), (200, "peace"))

    def test_the_page_that_merges_says_what_happens_and_does_it(self):
        keep = Topic.objects.create(name="Polarisation", slug="polarisation")
        page = self.client.get(self.address("merge"))
        response = self.client.post(self.address("merge"), {"keep": keep.pk})

        self.assertContains(page, "“Radicalisation” goes")
        self.assertRedirects(response, self.address("change", keep))
        self.assertEqual(list(self.presentation.topics.all()), [keep])

    def test_merging_asks_for_the_topic_that_stays(self):
        response = self.client.post(self.address("merge"), {"keep": self.topic.pk})

        self.assertEqual((response.status_code, Topic.objects.count()), (200, 1))

    def test_the_lists_count_presentations_and_ask_as_often_for_three_words_as_for_one(self):
        level = Level.objects.create(name="Evening", slug="evening")
        self.presentation.levels.add(level)
        page = self.client.get("/admin/conference_sessions/level/")
        for_some = queries_of(self.client, "/admin/conference_sessions/level/")
        for name in ("Second", "Third"):
            Level.objects.create(name=name, slug=name.lower()).presentations.add(self.presentation)

        self.assertContains(page, '<td class="field-how_many">1</td>')
        self.assertEqual(queries_of(self.client, "/admin/conference_sessions/level/"), for_some)
