"""Topics renamed and merged: no link breaks, no word is lost."""

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sessions.models import FormerTopic, Presentation, Topic, TopicWord
from sessions.services.topics import merge_topics, rename_topic
from tests.factories import make_edition, make_presentation, make_session


def make_topic(name, **fields):
    return Topic.objects.create(name=name, slug=name.lower().replace(" ", "-"), **fields)


def words_of(topic):
    return sorted(topic.words.values_list("word", "language"))


class RenameTopicTests(TestCase):
    def setUp(self):
        self.topic = make_topic("Radicalisation", name_nl="Radicalisering")

    def rename(self, slug="polarisation", **names):
        return rename_topic(topic=self.topic, names=names or {"en": "Polarisation"}, slug=slug)

    def test_the_old_name_and_address_still_lead_to_it(self):
        topic = self.rename()

        self.assertEqual((topic.name_en, topic.name_nl), ("Polarisation", "Radicalisering"))
        self.assertEqual(words_of(topic), [("Radicalisation", "en")])
        for slug in ("radicalisation", "polarisation"):
            self.assertEqual(Topic.objects.known_as(slug), self.topic)

    def test_saying_the_same_again_leaves_no_word_behind(self):
        topic = self.rename("radicalisation", en="radicalisation", nl="Radicalisering")

        self.assertEqual((words_of(topic), FormerTopic.objects.count()), ([], 0))

    def test_a_topic_may_go_back_to_where_it_was(self):
        self.rename()
        self.rename("radicalisation", en="Radicalisation")

        self.assertEqual(list(FormerTopic.objects.values_list("slug", flat=True)), ["polarisation"])
        self.assertEqual(Topic.objects.known_as("radicalisation"), self.topic)

    def test_the_address_of_another_topic_is_refused_and_so_is_a_former_one(self):
        other = rename_topic(topic=make_topic("Peace"), names={"en": "Peace"}, slug="peace-education")
        for slug in ("peace", "peace-education"):
            with self.subTest(slug), self.assertRaises(ValidationError):
                self.rename(slug)

        self.assertEqual(Topic.objects.known_as("peace"), other)


class MergeTopicsTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.keep, self.other = (
            make_topic("Polarisation", name_nl="Polarisatie"),
            make_topic("Radicalisation"),
        )

    def merge(self):
        return merge_topics(keep=self.keep, other=self.other)

    def test_what_was_about_the_one_is_about_the_other_and_once(self):
        both, one = make_session(self.edition, "Both"), make_session(self.edition, "One")
        both.topics.set([self.keep, self.other])
        one.topics.add(self.other)
        deck = make_presentation(one)
        deck.topics.add(self.other)
        self.merge()

        self.assertEqual([list(row.topics.all()) for row in (both, one, deck)], [[self.keep]] * 3)
        self.assertEqual(Presentation.topics.through.objects.count(), 1)

    def test_names_words_and_addresses_lead_to_the_one_that_stays(self):
        TopicWord.objects.create(topic=self.other, word="extremism")
        TopicWord.objects.create(topic=self.other, word="POLARISATIE", language="nl")
        FormerTopic.objects.create(topic=self.other, slug="extremism")
        kept = self.merge()

        self.assertEqual(words_of(kept), [("Radicalisation", "en"), ("extremism", "")])
        for slug in ("radicalisation", "extremism", "polarisation"):
            self.assertEqual(Topic.objects.known_as(slug), self.keep)
        self.assertEqual(Topic.objects.count(), 1)

    def test_a_topic_is_not_merged_with_itself(self):
        with self.assertRaises(ValueError):
            merge_topics(keep=self.keep, other=self.keep)

        self.assertTrue(Topic.objects.filter(pk=self.keep.pk).exists())

    def test_merging_asks_as_often_for_three_presentations_as_for_one(self):
        self.merge()  # the content has its first number from now on

        self.assertEqual(self.asked_for(3), self.asked_for(1))

    def asked_for(self, number):
        keep, other = make_topic(f"Keep {number}"), make_topic(f"Other {number}")
        for _each in range(number):
            make_presentation(make_session(self.edition)).topics.add(other)
        with CaptureQueriesContext(connection) as captured:
            merge_topics(keep=keep, other=other)
        return len(captured)
