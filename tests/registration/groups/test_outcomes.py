"""The shared form of outcomes: several write, nobody overwrites anybody; what is approved becomes public."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from registration.groups import services
from registration.groups.outcomes import MOST
from registration.models import Outcome
from tests.factories import make_appearance, make_session
from tests.registration.groups.writing import URL, Outcomes


class WritingTogetherTests(Outcomes):
    def test_a_row_is_changed_and_another_added_by_one_button(self):
        data = self.typed(row_who="Head teachers", new_problem="Grades differ", new_deadline="May")
        self.assertRedirects(self.client.post(URL, data), URL)

        self.assertEqual(
            self.words(),
            [
                ("Files get lost", "Head teachers", "draft", "Belgium"),
                ("Grades differ", "", "draft", "Belgium"),
            ],
        )
        self.assertEqual(Outcome.objects.get(problem="Grades differ").written_by, self.noor)

    def test_pressing_the_button_twice_adds_one_row(self):
        data = self.typed(new_problem="Grades differ")
        for _time in range(2):
            self.client.post(URL, data)

        self.assertEqual(len(self.words()), 2)

    def test_two_change_different_rows_and_both_are_kept(self):
        other = self.make("Grades differ", group=self.belgium)
        mine, theirs = self.typed(row_who="Mine"), self.typed()
        theirs[f"row-{other.pk}-who"] = "Theirs"
        self.client.post(URL, theirs)
        self.client.post(URL, mine)

        self.assertEqual(
            {row[:2] for row in self.words()}, {("Files get lost", "Mine"), ("Grades differ", "Theirs")}
        )

    def test_two_change_the_same_row_and_the_second_sees_both_versions(self):
        mine, theirs = self.typed(row_who="Mine"), self.typed(row_who="Theirs")
        self.client.post(URL, theirs)
        response = self.client.post(URL, mine)

        self.assertEqual((response.status_code, self.words()[0][1]), (409, "Theirs"))
        self.assertContains(response, "Theirs", status_code=409)
        self.assertContains(response, 'value="Mine"', status_code=409)

    def test_the_conflict_page_saves_what_was_typed_when_it_is_sent_knowingly(self):
        mine, theirs = self.typed(row_who="Mine"), self.typed(row_who="Theirs")
        self.client.post(URL, theirs)
        seen = self.client.post(URL, mine).context["sections"][0].rows[0].form.initial["seen"]
        self.client.post(URL, mine | {f"row-{self.row.pk}-seen": seen})

        self.assertEqual(self.words()[0][1], "Mine")

    def test_an_open_page_that_was_not_typed_into_undoes_nothing(self):
        old, theirs = self.typed(), self.typed(row_who="Theirs")
        self.client.post(URL, theirs)
        self.client.post(URL, old)

        self.assertEqual(self.words()[0][1], "Theirs")

    def test_words_typed_into_a_row_that_was_removed_meanwhile_are_not_lost(self):
        mine = self.typed(row_who="Mine")
        self.client.post(URL, self.typed(row_is_removed="on"))
        self.assertEqual(self.words(), [])
        response = self.client.post(URL, mine)

        self.assertContains(response, 'value="Mine"', status_code=409)

    def test_a_row_that_somebody_changed_is_not_removed_by_one_who_saw_the_former_words(self):
        removing, theirs = self.typed(row_is_removed="on"), self.typed(row_who="Theirs")
        self.client.post(URL, theirs)
        self.client.post(URL, removing)

        self.assertEqual(self.words()[0][1], "Theirs")

    def test_a_row_without_a_problem_saves_nothing_and_keeps_what_was_typed(self):
        response = self.client.post(URL, self.typed(row_problem="", new_who="Somebody"))

        self.assertEqual((response.status_code, len(self.words())), (422, 1))
        self.assertContains(response, 'value="Somebody"', status_code=422)

    def test_there_is_a_most(self):
        for number in range(MOST - 1):
            self.make(f"Problem {number}", group=self.belgium)
        response = self.client.post(URL, self.typed(new_problem="One too many"))

        self.assertEqual((response.status_code, Outcome.objects.count()), (409, MOST))

    def test_the_number_of_queries_does_not_grow(self):
        counts = []
        for names in ((), ("A", "B")):
            for name in names:
                self.make(name, group=self.belgium)
            with CaptureQueriesContext(connection) as queries:
                self.client.get(URL)
            counts.append(len(queries))

        self.assertEqual(counts[0], counts[1])


class WhoseRowsTests(Outcomes):
    def test_a_facilitator_neither_sees_nor_touches_the_rows_of_another_group(self):
        mine = self.typed()
        self.client.force_login(self.giorgio)
        self.assertNotContains(self.client.get(URL), "Files get lost")
        for data in (
            mine | {f"row-{self.row.pk}-who": "Giorgio"},
            mine | {f"row-{self.row.pk}-is_removed": "on"},
            {f"new-{self.belgium.pk}-problem": "Giorgio", "hand_in": self.belgium.pk},
            {"take_back": self.belgium.pk},
        ):
            self.client.post(URL, data)

        self.assertEqual(self.words(), [("Files get lost", "Schools", "draft", "Belgium")])

    def test_the_chair_of_the_session_sees_all_groups(self):
        self.make("Grades differ", group=self.italy)
        self.client.force_login(self.chair)
        page = self.client.get(URL)

        self.assertContains(page, "Files get lost")
        self.assertContains(page, "Grades differ")

    def test_merged_groups_write_together(self):
        services.merge(group=self.belgium, into=self.italy)
        self.client.force_login(self.giorgio)
        self.client.post(URL, self.typed(row_who="Both"))

        self.assertEqual(self.words()[0][1], "Both")

    def test_fields_that_are_not_in_the_form_are_ignored(self):
        self.client.post(
            URL, self.typed(row_status="approved", row_session="1", new_problem="N", new_status="approved")
        )

        self.assertEqual({row[2] for row in self.words()}, {"draft"})

    def test_a_session_without_groups_has_one_list(self):
        talk = make_session(self.session.edition, slug="talk")
        make_appearance(talk, self.noor.speaker)
        self.client.post("/ed/sessions/talk/outcomes/", {"new-0-problem": "Too short", "new-0-seen": ""})

        self.assertEqual(talk.outcomes.get().problem, "Too short")
