"""Anybody may check a certificate, learns what is needed, and cannot find out anything by trying."""

import re

from django.test import TestCase, override_settings

from registration.certificates.issuing import revoke
from sessions.models import Competence
from tests.factories import make_certificate, make_edition, make_registration, make_session, make_user

UNKNOWN = "A" * 26
LIMITS = {"verify": "5/m/ip"}


class VerifyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        edition = make_edition("Learning abroad")
        session = make_session(edition, "CANARY session")
        session.competences.add(Competence.objects.create(name="Openness", slug="openness"))
        user = make_user("Zoë Test", email="canary@example.org", country="NO")
        registration = make_registration(
            user=user, edition=edition, organisation_name="CANARY school", dietary_needs="CANARY"
        )
        cls.certificate = make_certificate(registration, [session], hours="6.50")

    def ask(self, code, language=""):
        return self.client.get(f"{language}/verify/{code}/")

    def main(self, response):
        """What the page says, without the address that was asked for."""
        page = response.content.decode()
        return re.search(r"<main.*</main>", page, re.DOTALL)[0]

    def test_valid_one_shows_name_edition_hours_and_outcomes_and_nothing_else(self):
        response = self.ask(self.certificate.code)

        page = self.main(response)
        self.assertEqual(response.status_code, 200)
        for shown in ("Valid", "Zoë Test", "Learning abroad", "6.5", "Openness"):
            self.assertIn(shown, page)
        for hidden in (
            "CANARY",
            "canary@",
            str(self.certificate),
            self.certificate.registration.reference,
            "Norway",
        ):
            self.assertNotIn(hidden, response.content.decode())

    def test_revoked_one_says_so_and_shows_nothing_of_the_person(self):
        revoke(certificate=self.certificate, by=None, reason="SECRET reason")
        page = self.main(self.ask(self.certificate.code))

        self.assertIn("Revoked", page)
        for hidden in ("Zoë", "SECRET", "Openness", "6.5"):
            self.assertNotIn(hidden, page)

    def test_code_may_be_typed_with_hyphens_blanks_and_small_letters(self):
        typed = (
            " ".join(self.certificate.code[i : i + 5] for i in range(0, 26, 5)).lower().replace(" ", " - ")
        )

        form = self.client.get("/verify/", {"code": typed})

        self.assertRedirects(form, f"/verify/{self.certificate.code}/")

    def test_unknown_codes_of_every_shape_get_the_same_answer(self):
        shapes = [
            UNKNOWN, self.certificate.code[:-1], self.certificate.code + "A", str(self.certificate), "1", "%27OR%201",
            "ا" * 26, "A" * 3000, self.certificate.registration.ticket_code, str(self.certificate.guid),
        ]  # fmt: skip
        answers = [self.ask(code) for code in shapes]

        self.assertEqual({answer.status_code for answer in answers}, {404})
        self.assertEqual(len({self.main(answer) for answer in answers}), 1)

    def test_valid_and_unknown_ask_the_database_as_much(self):
        with self.assertNumQueries(3):
            self.ask(self.certificate.code)
        with self.assertNumQueries(3):
            self.ask(UNKNOWN)

    @override_settings(ACCOUNT_RATE_LIMITS=LIMITS)
    def test_guessing_is_limited_also_for_codes_that_exist(self):
        answers = [self.ask(UNKNOWN).status_code for _turn in range(5)]

        self.assertEqual(answers, [404] * 5)
        self.assertEqual(self.ask(self.certificate.code).status_code, 429)

    def test_nothing_keeps_the_answer_and_nobody_indexes_or_learns_the_address(self):
        for response in (self.ask(self.certificate.code), self.ask(UNKNOWN)):
            self.assertIn("no-store", response["Cache-Control"])
            self.assertEqual(response["X-Robots-Tag"], "noindex")
            self.assertEqual(response["Referrer-Policy"], "no-referrer")
            self.assertFalse(response.cookies)

    def test_only_reading_is_possible_and_the_page_has_no_form_that_sends(self):
        self.assertEqual(self.client.post(f"/verify/{self.certificate.code}/").status_code, 405)
        self.assertEqual(self.client.post("/verify/").status_code, 405)
        self.assertNotIn('method="post"', self.client.get("/verify/").content.decode())

    def test_form_without_a_code_asks_for_one(self):
        self.assertContains(self.client.get("/verify/?code=%20"), "Type the code first.")

    def test_page_speaks_the_language_of_its_address(self):
        self.assertContains(self.ask(self.certificate.code, "/nl"), 'lang="nl"')


class OwnFileTests(TestCase):
    def test_own_valid_one_is_a_file_and_no_other_is_found(self):
        certificate = make_certificate()
        address = f"/my/certificates/{certificate.guid}/"
        self.assertEqual(self.client.get(address).status_code, 302)
        self.client.force_login(make_user("Ben"))
        self.assertEqual(self.client.get(address).status_code, 404)

        self.client.force_login(certificate.registration.user)
        response = self.client.get(address)
        self.assertEqual((response.status_code, response["Content-Type"]), (200, "application/pdf"))
        self.assertTrue(response.content.startswith(b"%PDF-"))
        self.assertIn("no-store", response["Cache-Control"])
        self.assertIn(f'filename="certificate-{certificate}.pdf"', response["Content-Disposition"])

        revoke(certificate=certificate, by=None, reason="")
        self.assertEqual(self.client.get(address).status_code, 404)
