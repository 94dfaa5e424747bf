"""An organiser sees in words what a release changes and what forbids it, and releases what they saw."""

from datetime import timedelta

from django.test import TestCase, override_settings
from django.urls import reverse

from conference.content import content_state
from sessions.models import Release, Session
from sessions.services.timetable import release_timetable
from tests.admin_forms import make_staff
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
)


class EditionPages(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(starts_on="2027-03-13", ends_on="2027-03-13")
        cls.edition.refresh_from_db()
        cls.room = make_room(cls.edition, "Hall")
        cls.session = make_session(cls.edition, "Talk", abstract="About")
        make_appearance(cls.session)
        cls.slot = make_slot(cls.session, room=cls.room)
        cls.staff = make_staff("programme editor")
        cls.address = reverse("admin:conference_edition_release", args=[cls.edition.pk])
        cls.conflicts = reverse("admin:conference_edition_conflicts", args=[cls.edition.pk])

    def setUp(self):
        self.client.force_login(self.staff)

    def clash(self, **fields):
        other = make_session(self.edition, "Clash", **fields)
        make_slot(other, room=self.room)
        return other


@override_settings(STAFF_SECOND_FACTOR=False)
class ReleasePageTests(EditionPages):
    def send(self, seen=None, **data):
        seen = seen or self.client.get(self.address).context["seen"]
        return self.client.post(self.address, {"seen": seen, **data})

    def released(self):
        release_timetable(edition=self.edition, by=make_organiser())

    def test_the_first_release_adds_everything_and_looking_releases_nothing(self):
        make_session(self.edition, "Untimed")
        page = self.client.get(self.address)

        self.assertContains(page, "Nothing was released so far.")
        self.assertContains(page, "1 time is added.")
        self.assertContains(page, "Added: “Talk”, Saturday 13 March 2027, 10:30–11:30, Hall")
        self.assertContains(page, "“Untimed” is published and has no time")
        self.assertEqual(Release.objects.count(), 0)

    def test_the_button_releases_with_the_note(self):
        before = content_state(self.edition).number
        self.assertRedirects(
            self.send(note="First times"),
            reverse("admin:conference_edition_change", args=[self.edition.pk]),
            fetch_redirect_response=False,
        )
        release = Release.objects.get()

        self.assertEqual(
            (release.note, release.slots.count(), release.released_by), ("First times", 1, self.staff)
        )
        self.assertGreater(content_state(self.edition).number, before)

    def test_the_page_says_what_moved_was_renamed_and_is_cancelled(self):
        other = make_session(self.edition, "Other")
        make_slot(other, self.slot.ends_at)
        self.released()
        self.slot.starts_at -= timedelta(minutes=30)
        self.slot.save()
        Session.objects.filter(pk=self.session.pk).update(title="Speech", title_en="Speech")
        other.slots.draft().delete()
        make_appearance(self.session, make_speaker("Ada"))
        page = self.client.get(self.address)

        self.assertContains(page, "1 is moved, 1 is renamed, 1 is cancelled, 1 has other speakers.")
        self.assertContains(page, "Renamed: “Talk” is now “Speech”")
        self.assertContains(page, "Against release 1 of")

    def test_a_release_that_changes_nothing_is_made_only_when_it_is_wanted(self):
        self.released()
        self.assertContains(self.client.get(self.address), "Nothing changed.")
        self.assertContains(self.send(note="Again"), "Nothing changed since the last release.")
        self.assertEqual(Release.objects.count(), 1)
        self.send(note="Again", is_wanted="on")
        self.assertEqual(Release.objects.count(), 2)

    def test_the_button_pressed_twice_makes_one_release(self):
        self.released()
        seen = self.client.get(self.address).context["seen"]
        self.send(seen, is_wanted="on")

        second = self.send(seen, note="Typed", is_wanted="on")

        self.assertEqual(Release.objects.count(), 2)
        self.assertContains(second, "There is a newer release already, made while you were looking.")
        self.assertContains(second, 'value="Typed"')

    def test_other_speakers_alone_are_a_change(self):
        self.released()
        make_appearance(self.session, make_speaker("Ada"))
        self.assertContains(self.client.get(self.address), "<p>1 has other speakers.</p>")
        self.send()

        self.assertEqual(Release.objects.count(), 2)

    def test_a_draft_that_changed_meanwhile_is_shown_before_it_is_released(self):
        seen = self.client.get(self.address).context["seen"]
        Session.objects.filter(pk=self.session.pk).update(title="Speech", title_en="Speech")
        page = self.send(seen, note="Typed")
        self.assertContains(page, "The draft changed while you were looking.")
        self.assertContains(page, "Added: “Speech”")
        self.assertContains(page, 'value="Typed"')
        self.assertEqual(Release.objects.count(), 0)
        self.send(page.context["seen"], note="Typed")
        self.assertEqual(Release.objects.get().note, "Typed")

    def test_what_forbids_a_release_is_named_with_its_cure_and_no_form_gets_around_it(self):
        seen = self.client.get(self.address).context["seen"]
        other = self.clash()
        page = self.client.get(self.address)
        self.assertContains(page, "“Talk” and “Clash” are both in Hall")
        self.assertContains(
            page, reverse("admin:conference_edition_schedule_item", args=[self.edition.pk, other.guid])
        )
        self.assertNotContains(page, 'name="note"')
        for one in (seen, page.context["seen"]):
            self.assertContains(
                self.send(one, is_wanted="on"), "The draft has conflicts that forbid a release."
            )
        self.assertEqual(Release.objects.count(), 0)

    def test_a_warning_does_not_forbid(self):
        self.clash(status="draft")
        self.send()

        self.assertEqual(Release.objects.count(), 1)

    def test_a_hostile_title_is_only_text(self):
        Session.objects.filter(pk=self.session.pk).update(title_en="<script>%(x)s")

        self.assertContains(self.client.get(self.address), "Added: “&lt;script&gt;%(x)s”")

    def test_the_number_of_queries_does_not_grow(self):
        with self.assertNumQueries(15):
            self.client.get(self.address)
        for number in range(3):
            other = make_session(self.edition, f"Other {number}")
            make_appearance(other)
            make_slot(other, room=self.room)
        with self.assertNumQueries(15):
            self.client.get(self.address)


@override_settings(STAFF_SECOND_FACTOR=False)
class ConflictsPageTests(EditionPages):
    def test_all_conflicts_stand_in_one_place_each_with_its_cure(self):
        other = self.clash()
        cure = reverse("admin:conference_edition_schedule_item", args=[self.edition.pk, other.guid])
        page = self.client.get(self.conflicts)

        self.assertContains(page, "This forbids a release")
        self.assertContains(page, "Room used twice (1)")
        self.assertContains(page, "“Clash” has no abstract.")
        self.assertContains(page, f'href="{cure}"')

    def test_a_draft_without_conflicts_says_so_and_leads_to_the_release(self):
        page = self.client.get(self.conflicts)

        self.assertContains(page, "The draft has no conflicts.")
        self.assertContains(page, self.address)

    def test_many_of_one_kind_are_folded(self):
        self.assertNotContains(self.client.get(self.conflicts), "<details>")
        for number in range(41):
            make_session(self.edition, f"Bare {number}", status="draft").slots.create(
                starts_at=self.slot.starts_at, ends_at=self.slot.ends_at
            )

        self.assertContains(self.client.get(self.conflicts), "<details>", 3)

    def test_the_form_of_the_edition_leads_to_both(self):
        page = self.client.get(reverse("admin:conference_edition_change", args=[self.edition.pk]))

        self.assertContains(page, f'href="{self.conflicts}"')
        self.assertContains(page, f'href="{self.address}"')
