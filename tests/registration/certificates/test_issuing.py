"""Who gets a certificate, what is frozen on it, and how it is corrected and taken back."""

from datetime import UTC, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.test import TestCase

from conference.models import Outbox, Task
from conference.tasks import ask_for, run_due
from registration.certificates.candidates import candidates
from registration.certificates.exceptions import (
    HasCertificate,
    HasNoName,
    NotConfirmed,
    NothingToCorrect,
    RevokedAlready,
)
from registration.certificates.issuing import issue, issue_due, reissue, revoke
from registration.models import Certificate, CertificateRule, Group, GroupPlan
from sessions.models import Competence
from tests.factories import (
    make_appearance,
    make_certificate,
    make_check_in,
    make_edition,
    make_organisation,
    make_organiser,
    make_registration,
    make_release,
    make_session,
    make_slot,
    make_speaker,
    make_user,
)


class Day(TestCase):
    """Two sessions of an hour; whoever was in both has the two hours that are asked for."""

    @classmethod
    def setUpTestData(cls):
        cls.organiser = make_organiser()
        cls.edition = edition = make_edition(
            "Learning abroad", title_nl="Leren in het buitenland", slug="abroad"
        )
        release = make_release(edition)
        cls.first = make_session(edition, "Empathy", title_nl="Empathie", position=1)
        cls.second = make_session(edition, "Dialogue", position=2)
        for hour, session in ((9, cls.first), (11, cls.second)):
            make_slot(session, datetime(2027, 3, 13, hour, tzinfo=UTC), release=release)
        CertificateRule.objects.create(edition=edition, minimum_hours=2, signed_by="Noor")
        cls.ada = make_registration("Ada", edition, organisation_name="School 1")
        cls.ben = make_registration("Ben", edition)
        for session in (cls.first, cls.second):
            make_check_in(cls.ada, session)
        make_check_in(cls.ben, cls.first)

    def due(self):
        return issue_due(edition=self.edition, by=self.organiser)

    def reasons(self):
        return {one.registration.user.name: one.why_not for one in candidates(self.edition)}


class RuleTests(Day):
    def test_preview_says_who_would_get_one_and_why_the_others_would_not(self):
        make_registration("Cy", self.edition)
        make_registration("Waiting", self.edition, status="waiting")
        revoke(certificate=make_certificate(make_registration("Dee", self.edition)), by=None, reason="")
        make_certificate(make_registration("Eve", self.edition))
        make_check_in(make_registration("", self.edition), self.first)

        self.assertEqual(
            self.reasons(),
            {
                "": "the account has no name",
                "Ada": "",
                "Ben": "1 of 2 hours",
                "Cy": "was noted in no session",
                "Dee": "number abroad-0001 was revoked; only by hand",
                "Eve": "has number abroad-0002",
            },
        )

    def test_exactly_those_of_the_preview_get_one_with_a_mail_each_and_a_second_run_issues_none(self):
        self.assertEqual((self.due(), self.due()), (1, 0))

        certificate = Certificate.objects.get()
        mail = Outbox.objects.get()
        self.assertEqual((certificate.registration, certificate.hours), (self.ada, Decimal(2)))
        self.assertEqual((certificate.number, certificate.issued_by), (1, self.organiser))
        self.assertEqual(mail.recipient, self.ada.user.email)
        self.assertEqual(mail.enclosures, [["certificate", str(certificate.guid)]])
        self.assertIn(f"/verify/{certificate.code}/", mail.text)

    def test_same_number_of_queries_for_the_preview_of_one_and_of_three(self):
        with self.assertNumQueries(7):
            candidates(self.edition)
        for name in ("Cy", "Dee"):
            make_check_in(make_registration(name, self.edition, organisation=make_organisation()), self.first)
        with self.assertNumQueries(7):
            candidates(self.edition)

    def test_numbers_go_on_without_a_gap_after_those_by_hand(self):
        make_check_in(self.ben, self.second)
        issue(registration=self.ada, by=None)
        self.due()

        self.assertEqual(list(Certificate.objects.values_list("number", flat=True)), [1, 2])

    def test_task_issues_and_says_how_many(self):
        ask_for("certificates", by=self.organiser, edition=self.edition)
        run_due()

        task = Task.objects.get()
        self.assertEqual((task.status, task.message), ("done", "1 certificate issued."))
        self.assertEqual((task.done, task.total), (2, 2))

    def test_task_without_any_valid_certificate_says_so(self):
        ask_for("certificate_files", by=self.organiser, edition=self.edition)
        run_due()

        self.assertEqual(Task.objects.get().message, "No certificate is valid.")


class FactsTests(Day):
    def test_facts_are_in_the_language_of_the_person(self):
        self.ada.user.language = "nl"
        self.ada.user.save()
        certificate = issue(registration=self.ada, by=None)

        self.assertEqual(certificate.language, "nl")
        self.assertEqual(certificate.facts["edition"]["title"], "Leren in het buitenland")
        titles = [(one["title"], one["lang"], one["hours"]) for one in certificate.facts["sessions"]]
        self.assertEqual(titles, [("Empathie", "", "1.00"), ("Dialogue", "en", "1.00")])

    def test_outcomes_are_those_of_the_sessions_attended_each_once(self):
        both, one, other = (
            Competence.objects.create(name=name, slug=name, framework="Global", position=position)
            for position, name in enumerate(["both", "one", "other"])
        )
        self.first.competences.add(both, one)
        self.second.competences.add(both)
        make_session(self.edition).competences.add(other)

        facts = issue(registration=self.ada, by=None).facts

        self.assertEqual([outcome["name"] for outcome in facts["outcomes"]], ["both", "one"])

    def test_later_changes_of_name_session_and_edition_change_no_certificate(self):
        before = issue(registration=self.ada, by=None)
        self.ada.user.name = "Somebody else"
        self.ada.user.save()
        self.first.title = "Another title"
        self.first.save()
        self.second.delete()
        type(self.edition).objects.update(title_en="Another edition")

        after = Certificate.objects.get()
        self.assertEqual((after.name, after.hours, after.facts), ("Ada", Decimal(2), before.facts))

    def test_participant_who_also_spoke_and_facilitated_has_all_parts_with_titles(self):
        speaker = make_speaker(user=self.ada.user)
        make_appearance(self.first, speaker)
        make_appearance(make_session(self.edition, "Draft", status="draft"), speaker)
        plan = GroupPlan.objects.create(session=self.second, is_published=True)
        Group.objects.create(plan=plan, name="Benelux").facilitators.add(speaker)

        parts = issue(registration=self.ada, by=None).facts["parts"]

        self.assertEqual(
            [(one["part"], one["title"], one.get("group")) for one in parts],
            [("speaker", "Empathy", None), ("facilitator", "Dialogue", "Benelux")],
        )

    def test_whoever_only_attended_is_a_participant(self):
        parts = issue(registration=self.ada, by=None).facts["parts"]

        self.assertEqual([one["part"] for one in parts], ["participant"])


class ByHandTests(Day):
    def test_by_hand_below_the_rule_with_sessions_and_hours_of_the_organiser(self):
        certificate = issue(
            registration=self.ben, by=self.organiser, sessions=[self.second], hours=Decimal("5.5")
        )

        self.assertEqual(certificate.hours, Decimal("5.5"))
        self.assertEqual([one["title"] for one in certificate.facts["sessions"]], ["Dialogue"])

    def test_session_of_another_edition_is_not_put_on_it(self):
        certificate = issue(registration=self.ben, by=None, sessions=[make_session()])

        self.assertEqual((certificate.facts["sessions"], certificate.hours), ([], Decimal(0)))

    def test_refused_for_a_second_one_without_a_place_and_without_a_name(self):
        issue(registration=self.ada, by=None)
        cases = [
            (self.ada, HasCertificate),
            (make_registration("Cy", self.edition, status="waiting"), NotConfirmed),
            (make_registration(edition=self.edition, user=make_user("", email="x@example.org")), HasNoName),
        ]
        for registration, refusal in cases:
            with self.assertRaises(refusal):
                issue(registration=registration, by=None)
        self.assertEqual((Certificate.objects.count(), Outbox.objects.count()), (1, 1))

    def test_database_holds_one_valid_one_for_each_registration(self):
        make_certificate(self.ada)

        with self.assertRaises(IntegrityError), transaction.atomic():
            make_certificate(self.ada)


class TakingBackTests(Day):
    def setUp(self):
        self.certificate = make_certificate(self.ada, [self.first])

    def test_revoked_one_says_by_whom_and_why_and_the_person_is_told(self):
        revoke(certificate=self.certificate, by=self.organiser, reason="Was not there")

        self.certificate.refresh_from_db()
        self.assertEqual(self.certificate.revoked_by, self.organiser)
        self.assertIn("Was not there", Outbox.objects.get().text)
        with self.assertRaises(RevokedAlready):
            revoke(certificate=self.certificate, by=self.organiser, reason="Again")
        self.assertEqual(Outbox.objects.count(), 1)

    def test_after_a_correction_of_the_name_a_new_one_with_the_same_facts_replaces_the_former(self):
        self.ada.user.name = "Ada Lovelace"
        self.ada.user.save()
        self.first.delete()

        new = reissue(certificate=self.certificate, by=self.organiser)

        self.certificate.refresh_from_db()
        self.assertEqual((self.certificate.name, self.certificate.revoke_reason), ("Ada", "→ abroad-0002"))
        self.assertIsNotNone(self.certificate.revoked_at)
        self.assertEqual((new.name, new.hours, new.facts), ("Ada Lovelace", 6, self.certificate.facts))
        self.assertNotEqual(new.code, self.certificate.code)
        self.assertIn("abroad-0001", Outbox.objects.get().text)

    def test_nothing_to_correct_leaves_everything_as_it_is(self):
        with self.assertRaises(NothingToCorrect):
            reissue(certificate=self.certificate, by=self.organiser)

        self.certificate.refresh_from_db()
        self.assertIsNone(self.certificate.revoked_at)

    def test_revoked_one_comes_again_only_by_hand(self):
        revoke(certificate=self.certificate, by=None, reason="")

        self.assertEqual(self.due(), 0)
        self.assertEqual(issue(registration=self.ada, by=None).number, 2)
