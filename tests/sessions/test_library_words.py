"""The lists by which teachers look for a presentation begin filled, in both languages."""

from importlib import import_module

from django.apps import apps
from django.test import TestCase

from sessions.models import Audience, Level, Subject
from tests.factories import make_presentation

migration = import_module("sessions.migrations.0011_library_words")
LISTS = [Audience, Level, Subject]


class LibraryWordsTests(TestCase):
    def setUp(self):
        for words in LISTS:
            words.objects.all().delete()
        migration.add(apps, None)

    def test_every_word_has_a_name_in_both_languages_and_its_place(self):
        for words in LISTS:
            rows = list(words.objects.all())

            self.assertEqual([row.position for row in rows], list(range(1, len(rows) + 1)))
            self.assertTrue(all(row.name_en and row.name_nl for row in rows))

    def test_a_second_time_changes_nothing(self):
        Level.objects.filter(slug="primary").update(name_en="Primary school")
        migration.add(apps, None)

        self.assertEqual(Level.objects.count(), len(migration.WORDS["Level"]))
        self.assertEqual(Level.objects.get(slug="primary").name_en, "Primary school")

    def test_going_back_leaves_what_somebody_changed_or_uses(self):
        Level.objects.filter(slug="primary").update(name_nl="Basisonderwijs")
        make_presentation().levels.add(Level.objects.get(slug="adult"))
        Level.objects.create(name="Evening school", slug="evening")
        migration.take_back(apps, None)

        self.assertEqual(
            sorted(Level.objects.values_list("slug", flat=True)), ["adult", "evening", "primary"]
        )
        self.assertFalse(Subject.objects.exists())
