"""What organisers do with certificates, through the admin."""

import io
import zipfile
from datetime import UTC, datetime, timedelta

from django.test import TestCase
from django.utils import timezone

from conference.mail.enclosures import enclosures_of
from conference.models import Edition, Outbox, Task
from conference.tasks import run_due
from registration.certificates.issuing import revoke
from registration.models import Certificate, CertificateRule
from tests.admin_forms import make_staff
from tests.factories import (
    make_certificate,
    make_check_in,
    make_edition,
    make_registration,
    make_release,
    make_session,
    make_slot,
    make_user,
)


class CertificatesAdminTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.organiser, cls.desk = make_staff("organiser"), make_staff("registration desk")
        cls.edition = make_edition(slug="abroad")
        cls.session = make_session(cls.edition, "Empathy")
        make_slot(cls.session, datetime(2027, 3, 13, 9, tzinfo=UTC), release=make_release(cls.edition))
        cls.ada, cls.ben = make_registration("Ada", cls.edition), make_registration("Ben <b>", cls.edition)
        make_check_in(cls.ada, cls.session)
        cls.page = f"/admin/conference/edition/{cls.edition.pk}/certificates/"
        cls.by_hand = f"/admin/registration/certificate/by-hand/{cls.ben.pk}/"

    def setUp(self):
        self.client.force_login(self.organiser)

    def test_page_shows_who_would_get_one_with_hours_and_why_others_would_not(self):
        page = self.client.get(self.page)

        self.assertEqual([one.registration for one in page.context["due"]], [self.ada])
        self.assertContains(page, "was noted in no session")
        CertificateRule.objects.create(edition=self.edition, door_counts=True)
        self.assertContains(self.client.get(self.page), "nobody noted that this person was there")
        self.assertContains(page, "Ben &lt;b&gt;")
        self.assertContains(
            self.client.get(f"/admin/conference/edition/{self.edition.pk}/change/"), self.page
        )

    def test_button_asks_the_worker_and_only_whoever_may_issue(self):
        self.client.force_login(self.desk)
        self.assertEqual(self.client.post(self.page, {"action": "certificates"}).status_code, 403)
        self.assertEqual(self.client.post(self.by_hand, {}).status_code, 403)
        self.client.force_login(self.organiser)
        self.assertEqual(self.client.post(self.page, {"action": "nonsense"}).status_code, 302)
        self.assertFalse(Task.objects.exists())

        response = self.client.post(self.page, {"action": "certificates"})
        self.assertIn(str(Task.objects.get().guid), response["Location"])
        run_due()

        self.assertEqual(Certificate.objects.get().registration, self.ada)

    def test_by_hand_page_holds_what_was_counted_and_issues_what_is_sent(self):
        self.assertNotContains(self.client.get(self.by_hand), "checked")
        other = make_session()

        refused = self.client.post(self.by_hand, {"sessions": [other.pk], "hours": "1"})
        self.assertEqual(refused.status_code, 200)
        self.client.post(self.by_hand, {"sessions": [self.session.pk], "hours": "2.5"})

        certificate = Certificate.objects.get()
        self.assertEqual((certificate.registration, str(certificate.hours)), (self.ben, "2.50"))
        self.assertEqual(certificate.issued_by, self.organiser)
        again = self.client.post(self.by_hand, {}, follow=True)
        self.assertContains(again, "has a valid certificate already")

    def test_revoking_asks_for_a_reason_first(self):
        certificate = make_certificate(self.ada)
        chosen = {"action": "revoke_selected", "_selected_action": [certificate.pk]}
        address = self.client.post("/admin/registration/certificate/", chosen)["Location"]

        self.client.post(address, {"reason": ""})
        certificate.refresh_from_db()
        self.assertIsNone(certificate.revoked_at)
        self.client.post(address, {"reason": "Not there"})

        certificate.refresh_from_db()
        self.assertEqual((certificate.revoke_reason, certificate.revoked_by), ("Not there", self.organiser))
        self.assertContains(self.client.get(f"/verify/{certificate.code}/"), "Revoked")
        self.assertEqual(self.client.get(address).status_code, 404)

    def test_a_valid_one_is_revoked_from_its_own_page(self):
        certificate = make_certificate(self.ada)
        page = f"/admin/registration/certificate/{certificate.pk}/change/"
        link = f"/admin/registration/certificate/revoke/?ids={certificate.pk}"
        self.assertContains(self.client.get(page), link)
        self.client.force_login(self.desk)
        self.assertNotContains(self.client.get(page), link)

        self.client.force_login(self.organiser)
        self.client.post(link, {"reason": "Not there"})
        self.assertNotContains(self.client.get(page), link)

    def test_page_warns_while_there_are_hours_to_come(self):
        words = "The conference is not over"
        today = timezone.localdate()
        for ends_on, is_warned in ((today + timedelta(days=2), True), (today - timedelta(days=2), False)):
            Edition.objects.filter(pk=self.edition.pk).update(starts_on=ends_on, ends_on=ends_on)
            self.assertEqual(words in self.client.get(self.page).content.decode(), is_warned, ends_on)

    def test_desk_looks_and_can_neither_revoke_nor_issue_again(self):
        certificate = make_certificate(self.ada)
        self.client.force_login(self.desk)

        self.assertEqual(self.client.get("/admin/registration/certificate/").status_code, 200)
        for action in ("revoke_selected", "reissue_selected"):
            self.client.post(
                "/admin/registration/certificate/", {"action": action, "_selected_action": [certificate.pk]}
            )
        address = f"/admin/registration/certificate/revoke/?ids={certificate.pk}"
        self.assertEqual(self.client.post(address, {"reason": "x"}).status_code, 403)
        self.assertEqual(list(Certificate.objects.filter(revoked_at=None)), [certificate])

    def test_name_is_corrected_by_issuing_again(self):
        certificate = make_certificate(self.ada)
        self.ada.user.name = "Ada Lovelace"
        self.ada.user.save()

        chosen = {"action": "reissue_selected", "_selected_action": [certificate.pk]}
        self.client.post("/admin/registration/certificate/", chosen)

        valid = [(one.name, one.revoked_at is None) for one in Certificate.objects.all()]
        self.assertEqual(valid, [("Ada", False), ("Ada Lovelace", True)])

    def test_rule_is_entered_once_for_an_edition_and_stays_with_it(self):
        given = {"edition": self.edition.pk, "minimum_hours": "3", "text_en": "Thanks", "signed_by": "Noor"}
        self.client.post("/admin/registration/certificaterule/add/", given)
        again = self.client.post("/admin/registration/certificaterule/add/", given)

        self.assertEqual(CertificateRule.objects.get(edition=self.edition).minimum_hours, 3)
        self.assertEqual(again.status_code, 200)

    def test_files_of_all_valid_ones_come_in_one_package(self):
        make_certificate(self.ada)
        revoke(certificate=make_certificate(self.ben), by=None, reason="")
        self.client.post(self.page, {"action": "certificate_files"})
        run_due()

        task = Task.objects.get()
        with zipfile.ZipFile(io.BytesIO(task.file.read())) as files:
            self.assertEqual(files.namelist(), ["certificate-abroad-0001.pdf"])
            self.assertTrue(files.read("certificate-abroad-0001.pdf").startswith(b"%PDF-"))
        task.file.delete()


class EnclosureTests(TestCase):
    def test_mail_carries_the_paper_until_it_is_revoked_or_gone(self):
        certificate = make_certificate()
        mail = Outbox(enclosures=[["certificate", str(certificate.guid)]])

        (enclosed,) = enclosures_of(mail)
        self.assertEqual(enclosed.name, f"certificate-{certificate}.pdf")
        self.assertTrue(enclosed.content.startswith(b"%PDF-"))

        revoke(certificate=certificate, by=None, reason="")
        self.assertEqual(enclosures_of(mail), [])
        Certificate.objects.all().delete()
        self.assertEqual(enclosures_of(mail), [])


class ErasureTests(TestCase):
    def test_with_the_person_the_certificate_goes_and_its_code_is_unknown(self):
        certificate = make_certificate(make_registration(user=make_user("Ada")))
        certificate.registration.user.delete()

        self.assertEqual(self.client.get(f"/verify/{certificate.code}/").status_code, 404)
