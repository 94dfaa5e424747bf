"""What an upload link opens, in every state it can be in, to whoever holds it: one session, and nothing beside it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.utils import timezone

from sessions.collecting.links import issue_link, revoke_link
from sessions.files.documents import make_pdf
from sessions.models import Appearance, Presentation, PresentationFile, Session, UploadLink
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
    make_version,
)

# Statuses: of the page; of how far the own file is, what another speaker brought to the session, and what the same
# speaker brought to another session. Then whether something comes in: a new one, and a version of each of the three.
TABLE = """
                   page  own  other  elsewhere  new  to_own  to_other  to_elsewhere
right              200   200  404    404        yes  yes     no        no
run_out            410   404  404    404        no   no      no        no
taken_back         410   404  404    404        no   no      no        no
unknown            410   404  404    404        no   no      no        no
session_withdrawn  410   404  404    404        no   no      no        no
session_cancelled  410   404  404    404        no   no      no        no
speaker_left       410   404  404    404        no   no      no        no
"""
COLUMNS = TABLE.strip().splitlines()[0].split()
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().splitlines()[1:]}
PDF = make_pdf("Polarisation", ["A page"])
DETAILS = {
    "title": "New", "kind": "slides", "language": "en", "licence": "cc-by", "audience": "everyone", "opens": "now",
    "status": "submitted",
}  # fmt: skip


class UploadLinkMatrixTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        edition = make_edition()
        cls.session, elsewhere = make_session(edition, "CANARY here"), make_session(edition, "CANARY there")
        cls.grace = make_speaker(email="grace@example.org")
        other = make_speaker("Alan", email="alan@example.org")
        for session, speaker in ((cls.session, cls.grace), (cls.session, other), (elsewhere, cls.grace)):
            make_appearance(session, speaker)
        cls.link, address = issue_link(session=cls.session, speaker=cls.grace, by=None)
        cls.address = address.removeprefix("http://localhost:8000")
        links = {
            "own": cls.link,
            "other": issue_link(session=cls.session, speaker=other, by=None)[0],
            "elsewhere": issue_link(session=elsewhere, speaker=cls.grace, by=None)[0],
        }
        cls.given = {name: cls.given_by(link, name) for name, link in links.items()}
        cls.people = {"visitor": None, "account": make_user(), "organiser": make_organiser()}

    @classmethod
    def given_by(cls, link, name):
        """Refused, so that its page says what only the speaker and the organisers know."""
        given = make_presentation(link.session, f"CANARY {name}", status="draft", audience="organisers")
        given.versions.update(upload_link=link, status="refused", refusal_reason=f"CANARY reason {name}")
        return given

    def bring_about(self, state):
        """The address under which the link is tried, once it is in this state."""
        rows = UploadLink.objects.filter(pk=self.link.pk)
        session = Session.objects.filter(pk=self.session.pk)
        if state == "run_out":
            rows.update(expires_at=timezone.now())
        elif state == "taken_back":
            revoke_link(link=self.link)
        elif state == "speaker_left":
            Appearance.objects.filter(session=self.session, speaker=self.grace).delete()
        elif state.startswith("session_"):
            session.update(status=state.removeprefix("session_"))
        return self.address[:-3] + "xx/" if state == "unknown" else self.address

    def found(self, client, address):
        """What the link opens, in the order of the columns."""
        statuses = [client.get(address).status_code]
        statuses += [client.get(f"{address}{one.guid}/progress/").status_code for one in self.given.values()]
        taken = [self.takes(client, address, DETAILS)]
        for one in self.given.values():
            taken.append(self.takes(client, address, {"form": "version", "presentation": str(one.guid)}, one))
        return [str(status) for status in statuses] + ["yes" if is_taken else "no" for is_taken in taken]

    def takes(self, client, address, fields, presentation=None):
        """Whether the file comes in, and where it belongs."""
        before = PresentationFile.objects.count()
        client.post(address, fields | {"file": SimpleUploadedFile("a.pdf", PDF)})
        came = list(PresentationFile.objects.order_by("pk"))[before:]
        if presentation:
            return [one.presentation_id for one in came] == [presentation.pk]
        return [one.presentation.session_id for one in came] == [self.session.pk]

    def test_link_in_each_state_opens_what_the_table_says_whoever_holds_it(self):
        for state, row in ROWS.items():
            address = self.bring_about(state)
            for name, person in self.people.items():
                client = Client()
                if person:
                    client.force_login(person)
                with self.subTest(state=state, person=name):
                    self.assertEqual(
                        dict(zip(COLUMNS, self.found(client, address), strict=True)),
                        dict(zip(COLUMNS, row, strict=True)),
                    )
            self.put_right()

    def put_right(self):
        UploadLink.objects.filter(pk=self.link.pk).update(expires_at=self.link.expires_at, revoked_at=None)
        Session.objects.filter(pk=self.session.pk).update(status="published")
        Appearance.objects.get_or_create(session=self.session, speaker=self.grace)

    def test_page_names_nothing_that_others_or_other_sessions_brought(self):
        page = self.client.get(self.address).content.decode()

        self.assertIn("CANARY own", page)
        self.assertIn("CANARY reason own", page)
        for hidden in (
            "CANARY other",
            "CANARY reason other",
            "CANARY elsewhere",
            "CANARY there",
            "alan@example.org",
        ):
            self.assertNotIn(hidden, page)

    def test_link_opens_no_file_and_no_page_of_the_site(self):
        """Whoever followed it is a visitor as before, also of what came by it."""
        make_version(self.given["own"], b"%PDF-1.7 CANARY bytes", status="approved", upload_link=self.link)
        self.client.get(self.address)
        here = f"/presentations/{self.given['own'].guid}/"

        for url in (here, f"{here}download/", f"{here}pages/1/", f"{here}pages/1/400.webp"):
            with self.subTest(url=url):
                self.assertEqual(self.client.get(url).status_code, 404)
        self.assertEqual(self.client.get("/speaker/").status_code, 302)
        self.assertFalse(Presentation.objects.filter(audience="everyone").exists())
