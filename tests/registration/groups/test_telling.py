"""People hear of their group by mail: once, in their language, and of another one when the organiser wants it."""

from datetime import UTC, datetime

from django.test import TestCase

from conference.models import Outbox, User
from registration.groups import services
from registration.groups.latecomers import see_to_latecomers
from sessions.models import Session
from tests.factories import make_registration, make_room
from tests.registration.groups.hubs import make_hubs, make_member


class TellingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = make_hubs()
        cls.edition = cls.plan.session.edition
        cls.belgium, cls.italy, cls.others = cls.plan.groups.all()

    def setUp(self):
        services.take_back(plan=self.plan)
        self.plan.places.update(told=None)

    def publish(self, **options):
        return services.publish(plan=self.plan, **options)

    def told(self):
        """Who was written to, and about which group; then the outbox is empty again."""
        names = dict(User.objects.values_list("email", "name"))
        found = sorted((names[mail.recipient], mail.subject) for mail in Outbox.objects.all())
        Outbox.objects.all().delete()
        return found

    def registration(self, name):
        return self.edition.registrations.get(user__name=name)

    def move(self, name, group):
        services.move(plan=self.plan, registrations=[self.registration(name).pk], group=group)

    def test_publishing_tells_everyone_their_group_once(self):
        everyone = [
            ("Ada", "Your group: Belgium"),
            ("Ben", "Your group: Belgium"),
            ("Gia", "Your group: Italy"),
        ]
        self.assertEqual(self.publish(), 3)
        self.assertEqual(self.told(), everyone)

        services.take_back(plan=self.plan)
        self.assertEqual(self.publish(), 0)

    def test_the_mail_says_room_language_and_who_facilitates_in_the_language_of_the_person(self):
        User.objects.filter(name="Ben").update(language="nl")
        room = make_room(self.edition, name_en="Hall", name_nl="Zaal")
        self.plan.groups.filter(pk=self.belgium.pk).update(room=room, language="fr", name_nl="België")
        services.merge(group=self.italy, into=self.belgium)
        self.publish()

        english, dutch = (Outbox.objects.get(recipient__startswith=name).text for name in ("ada", "ben"))
        for words in (
            "“Belgium”",
            "Room: Hall",
            "French",
            "Noor, Giorgio",
            "Together with “Italy”",
            "/ed/sessions/hubs/",
        ):
            self.assertIn(words, english)
        for words in ("“België”", "Zaal", "/nl/ed/sessions/hubs/"):
            self.assertIn(words, dutch)
        self.assertNotIn("Ben", english)

    def test_whoever_comes_later_is_told_by_the_worker_and_nobody_twice(self):
        self.publish()
        self.told()
        make_member(self.plan, "Lena", country="LV")
        see_to_latecomers()
        self.assertEqual(self.told(), [("Lena", "Your group: Other countries")])

        see_to_latecomers()
        self.assertEqual(self.told(), [])

    def test_whoever_is_moved_or_merged_is_told_when_the_organiser_says_so(self):
        self.publish()
        self.told()
        self.move("Ada", self.italy)
        services.merge(group=self.italy, into=self.others)
        see_to_latecomers()
        self.assertEqual(self.told(), [])

        self.assertEqual(services.tell_moved(plan=self.plan), 2)
        self.assertIn("another group than we wrote before", Outbox.objects.first().text)
        self.assertEqual(
            self.told(), [("Ada", "Your group: Other countries"), ("Gia", "Your group: Other countries")]
        )
        self.assertEqual(services.tell_moved(plan=self.plan), 0)

    def test_whoever_is_moved_and_moved_back_before_anybody_was_told_gets_nothing(self):
        self.publish()
        self.told()
        self.move("Ada", self.italy)
        self.move("Ada", None)

        self.assertEqual(services.tell_moved(plan=self.plan), 0)

    def test_nobody_is_told_of_a_session_that_is_not_on_the_site_or_is_over(self):
        Session.objects.filter(pk=self.plan.session_id).update(status="draft")
        self.assertEqual(self.publish(), 0)
        Session.objects.filter(pk=self.plan.session_id).update(status="published")
        after = datetime(2099, 1, 1, tzinfo=UTC)
        self.edition.starts_on = self.edition.ends_on = datetime(2026, 5, 1, tzinfo=UTC).date()
        self.edition.save()

        see_to_latecomers(after)
        self.assertEqual(self.told(), [])

    def test_a_colleague_who_has_not_taken_the_registration_over_is_not_written_to(self):
        make_registration(user=User.objects.create_stand_in("Milan"), edition=self.edition, country="BE")

        self.assertEqual(self.publish(), 3)
        see_to_latecomers()
        self.assertEqual(len(self.told()), 3)
        self.assertEqual(self.plan.places.count(), 4)
