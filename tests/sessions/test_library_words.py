"""The lists by which teachers look for a presentation begin filled, in every language."""

from importlib import import_module

from django.apps import apps
from django.test import TestCase

from conference.translated_columns import columns
from sessions.models import Audience, Level, Subject
from tests.factories import make_presentation

migration = import_module("sessions.migrations.0011_library_words")
in_more = import_module("sessions.migrations.0016_library_words_in_french_and_german")
LISTS = [Audience, Level, Subject]


class LibraryWordsTests(TestCase):
    def setUp(self):
        for words in LISTS:
            words.objects.all().delete()
        migration.add(apps, None)
        in_more.add(apps, None)

    def test_every_word_has_a_name_in_every_language_and_its_place(self):
        for words in LISTS:
            rows = list(words.objects.all())

            self.assertEqual([row.position for row in rows], list(range(1, len(rows) + 1)))
            self.assertTrue(all(getattr(row, name) for row in rows for name in columns("name")))

    def test_a_second_time_changes_nothing(self):
        Level.objects.filter(slug="primary").update(name_en="Primary school")
        migration.add(apps, None)

        self.assertEqual(Level.objects.count(), len(migration.WORDS["Level"]))
        self.assertEqual(Level.objects.get(slug="primary").name_en, "Primary school")

    def test_a_name_that_somebody_gave_stays(self):
        Level.objects.filter(slug="primary").update(name_fr="École primaire")
        Level.objects.filter(slug="adult").update(name_en="Evening school", name_fr=None)
        in_more.add(apps, None)
        names = dict(Level.objects.values_list("slug", "name_fr"))

        self.assertEqual((names["primary"], names["adult"]), ("École primaire", None))
        in_more.take_back(apps, None)
        self.assertEqual(Level.objects.exclude(name_fr=None).get().slug, "primary")

    def test_going_back_leaves_what_somebody_changed_or_uses(self):
        Level.objects.filter(slug="primary").update(name_nl="Basisonderwijs")
        in_more.take_back(apps, None)
        make_presentation().levels.add(Level.objects.get(slug="adult"))
        Level.objects.create(name="Evening school", slug="evening")
        migration.take_back(apps, None)

        self.assertEqual(
            sorted(Level.objects.values_list("slug", flat=True)), ["adult", "evening", "primary"]
        )
        self.assertFalse(Subject.objects.exists())
