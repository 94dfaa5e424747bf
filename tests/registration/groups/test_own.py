"""What people see of their group: on the page of the session, on their registration, and in their programme."""

from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from registration.groups import services
from registration.my_programme import slots_to_carry
from registration.services.registering import cancel_registration
from tests.factories import make_release, make_room, make_session, make_slot, make_user
from tests.registration.groups.hubs import make_group, make_hubs, make_plan

SESSION, MINE, PROGRAMME = "/ed/sessions/hubs/", "/ed/my-registration/", "/ed/my-programme/"
PAGES = (SESSION, MINE, PROGRAMME)


class OwnGroupTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = make_hubs()
        cls.session = cls.plan.session
        cls.edition = cls.session.edition
        cls.belgium, cls.italy, _others = cls.plan.groups.all()
        cls.belgium.room = make_room(cls.edition, "Room of Belgium")
        cls.belgium.save()
        cls.registration = cls.edition.registrations.get(user__name="Ada")

    def setUp(self):
        cache.clear()
        self.client.force_login(self.registration.user)

    def test_everywhere_the_group_its_room_and_who_facilitates_it(self):
        for page in PAGES:
            response = self.client.get(page)
            for words in ("Belgium", "Room of Belgium", "Noor"):
                self.assertContains(response, words, msg_prefix=page)
        self.assertContains(self.client.get(SESSION), "Your group: Belgium")

    def test_before_publishing_nobody_sees_anything(self):
        services.take_back(plan=self.plan)
        for page in PAGES:
            self.assertNotContains(self.client.get(page), "Belgium")

    def test_after_a_merge_people_see_where_they_sit_now(self):
        services.merge(group=self.belgium, into=self.italy)
        page = self.client.get(SESSION)

        self.assertContains(page, "Your group: Italy")
        self.assertContains(page, "Together with Belgium")

    def test_visitors_see_the_groups_and_no_name_of_anyone_in_them(self):
        self.client.logout()
        page = self.client.get(SESSION)

        self.assertContains(page, "Belgium")
        self.assertNotContains(page, "Your group")
        self.assertNotContains(page, "Ada")
        self.assertEqual(page.cookies, {})

    def test_who_cancelled_or_never_registered_has_none(self):
        cancel_registration(registration=self.registration)
        self.assertNotContains(self.client.get(SESSION), "Your group")
        self.client.force_login(make_user("Plain"))
        self.assertNotContains(self.client.get(SESSION), "Your group")

    def test_of_a_cancelled_session_nothing_is_shown_as_ones_own(self):
        type(self.session).objects.filter(pk=self.session.pk).update(status="cancelled")
        for page in PAGES:
            self.assertNotContains(self.client.get(page), "Belgium", msg_prefix=page)

    def test_the_time_of_the_session_goes_into_the_persons_calendar(self):
        make_slot(self.session, release=make_release(self.edition))

        self.assertEqual([slot.session for slot in slots_to_carry(self.registration.user)[0]], [self.session])
        self.assertEqual(slots_to_carry(make_user("Plain"))[0], [])

    def test_the_number_of_queries_does_not_grow_with_groups_or_sessions(self):
        counts = []
        for number in (0, 1):
            if number:
                other = make_plan(make_session(self.edition, "Roles"), split_by="role")
                make_group(other, "Teachers", ["teacher"])
                make_group(other, "All", home="others")
                services.deal_out(plan=other)
                services.publish(plan=other)
            counts.append([self.queries(page) for page in (MINE, PROGRAMME)])

        self.assertEqual(counts[0], counts[1])

    def queries(self, page):
        with CaptureQueriesContext(connection) as found:
            self.client.get(page)
        return len(found)
