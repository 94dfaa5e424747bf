"""The organiser's pages of groups: making them, dealing people out, moving, merging, publishing."""

from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from conference.models import Outbox
from registration.groups.overview import overview_of
from registration.models import Group, GroupPlan
from tests.admin_forms import make_staff, read_form
from tests.factories import make_edition, make_room, make_session
from tests.registration.groups.hubs import make_group, make_hubs, make_member, make_plan, seating


@override_settings(STAFF_SECOND_FACTOR=False)
class GroupsPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = make_hubs()
        cls.belgium, cls.italy, cls.others = cls.plan.groups.all()
        cls.organiser = make_staff("organiser")
        cls.url = f"/admin/registration/groupplan/{cls.plan.pk}/people/"

    def setUp(self):
        self.client.force_login(self.organiser)

    def step(self, step, **data):
        return self.client.post(self.url, {"step": step, **data})

    def test_over_full_too_small_and_unhosted_groups_are_said_in_words(self):
        Group.objects.filter(pk=self.belgium.pk).update(
            maximum=1, room=make_room(self.plan.session.edition, capacity=1)
        )
        Group.objects.filter(pk=self.italy.pk).update(minimum=3)
        make_member(self.plan, "Lena", country="LV")
        self.step("late")
        tables = {table.circle.group.name: table for table in overview_of(self.plan).tables}

        self.assertEqual({name: table.state for name, table in tables.items()},
            {"Belgium": "over", "Italy": "under", "Other countries": "fits"})  # fmt: skip
        self.assertEqual(tables["Belgium"].findings, ["1 too many.", "The room holds 1."])
        self.assertEqual(tables["Italy"].findings, ["2 too few."])
        self.assertEqual(tables["Other countries"].findings, ["Nobody facilitates it."])
        self.assertContains(self.client.get(self.url), "1 too many.")
        self.assertEqual(tables["Belgium"].bounds, "at most 1")

    def test_people_are_moved_and_it_is_written_down(self):
        ada = self.plan.session.edition.registrations.get(user__name="Ada")
        self.step("move", people=[ada.pk, "x"], to=self.italy.pk)

        self.assertEqual(seating(self.plan)["Ada"], "Italy")
        self.assertEqual(LogEntry.objects.get().get_change_message(), "1 person moved.")

    def test_merging_and_undoing(self):
        self.step(f"merge-{self.italy.pk}", **{f"into-{self.italy.pk}": self.belgium.pk})
        self.assertEqual(Group.objects.get(pk=self.italy.pk).merged_into, self.belgium)
        self.assertContains(self.client.get(self.url), "With the people of “Italy”.")
        self.step(f"undo-{self.italy.pk}")

        self.assertIsNone(Group.objects.get(pk=self.italy.pk).merged_into)

    def test_publishing_says_how_many_mails_it_sends_and_later_moves_are_told_by_a_button(self):
        self.step("hide")
        self.plan.places.update(told=None)
        self.assertContains(self.client.get(self.url), "Publishing sends 3 mails")
        response = self.client.post(self.url, {"step": "publish"}, follow=True)
        self.assertContains(response, "3 mails are on their way.")
        self.assertNotContains(response, "sits elsewhere")
        self.step("move", people=[self.plan.places.get(group=self.italy).registration_id], to=self.belgium.pk)
        self.assertContains(self.client.get(self.url), "Write to the one person who now sits elsewhere")
        self.step("tell")

        self.assertNotContains(self.client.get(self.url), "sits elsewhere")
        self.assertEqual(Outbox.objects.count(), 4)

    def test_publishing_and_taking_back(self):
        for step, expected in (("hide", False), ("publish", True)):
            self.step(step)
            self.assertEqual(GroupPlan.objects.get(pk=self.plan.pk).is_published, expected)

    def test_what_cannot_be_done_is_said(self):
        fresh = make_plan(make_session(make_edition()))
        url = f"/admin/registration/groupplan/{fresh.pk}/people/"
        response = self.client.post(url, {"step": "publish"}, follow=True)

        self.assertContains(response, "Deal the people out first")

    def test_forged_steps_and_groups_of_others_reach_nothing(self):
        elsewhere = make_group(make_plan(), "Elsewhere")
        for data in (
            {"step": "explode"},
            {},
            {"step": f"merge-{elsewhere.pk}", f"into-{elsewhere.pk}": self.belgium.pk},
            {"step": f"merge-{self.italy.pk}", f"into-{self.italy.pk}": elsewhere.pk},
            {"step": f"undo-{elsewhere.pk}"},
            {"step": "move", "to": elsewhere.pk},
            {"step": "move", "to": "9" * 30},
        ):
            self.assertEqual(self.client.post(self.url, data).status_code, 404, data)

    def test_who_may_not_read_names_does_not_get_the_page_nor_the_button_to_it(self):
        for role in ("helper", "registration desk", "programme editor"):
            self.client.force_login(make_staff(role))
            self.assertEqual(self.client.get(self.url).status_code, 403, role)
            self.assertEqual(self.step("hide").status_code, 403, role)
        plan_page = self.client.get(f"/admin/registration/groupplan/{self.plan.pk}/change/")
        self.assertNotContains(plan_page, self.url)
        self.assertTrue(GroupPlan.objects.get(pk=self.plan.pk).is_published)

    def test_the_number_of_queries_does_not_grow(self):
        counts = []
        for names in (["Dan"], ["Eva", "Finn"]):
            for name in names:
                make_member(self.plan, name)
                make_group(self.plan, name, ["NO"])
            self.step("late")
            with CaptureQueriesContext(connection) as queries:
                self.client.get(self.url)
            counts.append(len(queries))

        self.assertEqual(counts[0], counts[1])


@override_settings(STAFF_SECOND_FACTOR=False)
class PlanFormTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.plan = make_hubs()
        cls.url = f"/admin/registration/groupplan/{cls.plan.pk}/change/"
        cls.organiser = make_staff("organiser")

    def setUp(self):
        self.client.force_login(self.organiser)

    def test_a_plan_is_made_first_and_then_its_groups(self):
        session = make_session(self.plan.session.edition)
        data = {"session": session.pk, "split_by": "role", "observer_roles": ["research"]}
        response = self.client.post("/admin/registration/groupplan/add/", data)
        made = session.group_plan

        self.assertRedirects(
            response, f"/admin/registration/groupplan/{made.pk}/change/", fetch_redirect_response=False
        )
        self.assertEqual((made.split_by, made.observer_roles), ("role", ["research"]))
        self.assertContains(self.client.get(response.url), "Now add its groups")

    def test_saving_the_form_as_it_is_changes_nothing(self):
        before = list(Group.objects.values())
        response = self.client.post(self.url, read_form(self.client, self.url))

        self.assertEqual((response.status_code, list(Group.objects.values())), (302, before))

    def test_a_group_by_value_says_whom_it_is_for_and_only_what_people_can_have_said(self):
        form = read_form(self.client, self.url)
        for values in ([], ["Atlantis"]):
            response = self.client.post(self.url, form | {"groups-0-values": values})
            self.assertEqual(response.status_code, 200, values)
        self.client.post(self.url, form | {"groups-0-values": ["BE", "NL"]})

        self.assertEqual(self.plan.groups.first().values, ["BE", "NL"])

    def test_the_language_is_chosen_by_its_name_and_a_code_typed_earlier_stays(self):
        form = read_form(self.client, self.url)
        self.client.post(self.url, form | {"groups-0-language": "fr"})
        self.assertEqual(self.plan.groups.first().language, "fr")
        page = self.client.get(self.url).content.decode()
        self.assertInHTML('<option value="fr" selected>French</option>', page)

        refused = self.client.post(self.url, form | {"groups-0-language": "French"})
        self.assertEqual((refused.status_code, self.plan.groups.first().language), (200, "fr"))

        Group.objects.filter(pk=self.plan.groups.first().pk).update(language="xx")
        self.client.post(self.url, read_form(self.client, self.url))
        self.assertEqual(self.plan.groups.first().language, "xx")

    def test_rooms_of_another_edition_are_refused(self):
        form = read_form(self.client, self.url)
        response = self.client.post(self.url, form | {"groups-0-room": make_room(make_edition()).pk})

        self.assertEqual(response.status_code, 200)
        self.assertIsNone(self.plan.groups.first().room)

    def test_state_and_publishing_cannot_be_typed(self):
        form = read_form(self.client, self.url)
        GroupPlan.objects.update(is_published=False)
        self.client.post(self.url, form | {"is_published": "on", "session": 1})

        self.plan.refresh_from_db()
        self.assertFalse(self.plan.is_published)
