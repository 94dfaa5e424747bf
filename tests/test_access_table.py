"""Every address of the site has a row in access_rows: an address without one fails, and so does another answer."""

from collections.abc import Iterator

from django.contrib import admin
from django.test import TestCase, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from conference.mail.unsubscribing import token_of
from conference.models import Edition, NewsItem, Outbox, Page, Theme
from registration.models import FeedbackPlan
from registration.services.calendar_feeds import new_feed
from sessions.collecting.links import issue_link
from sessions.models import Publication, Topic
from speakers.services.invitations import invite
from tests.access_rows import TABLE
from tests.factories import (
    make_appearance,
    make_certificate,
    make_edition,
    make_organisation,
    make_organiser,
    make_presentation,
    make_preview,
    make_published_round,
    make_registration_type,
    make_release,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_track,
    make_user,
    make_workshop,
)


def names(patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(
                pattern.url_patterns, (*spaces, pattern.namespace) if pattern.namespace else spaces
            )
        else:
            yield ":".join((*spaces, str(pattern.name)))


@override_settings(STAFF_SECOND_FACTOR=False)
class AccessTableTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.account, cls.organiser = make_user("Plain"), make_organiser()
        edition = make_edition()
        theme = Theme.objects.create(
            series=edition.series, title="Gender", slug="gender", start_year=2018, end_year=2019
        )
        Edition.objects.update(theme=theme)
        workshop, session = make_workshop(edition), make_session(edition)
        speaker = make_speaker(email="grace@example.org")
        school = make_organisation()
        make_appearance(session, speaker, organisation=school)
        presentation = make_presentation(session, audience="members")
        make_preview(presentation, "One", "Two", "Three", "Behind the gate")
        for one in (session, workshop):
            make_slot(one, release=edition.releases.first() or make_release(edition))
        for owner in (None, edition):
            NewsItem.objects.create(edition=owner, title="New", slug="new", published_at=timezone.now())
            Page.objects.create(edition=owner, title="About", slug="about", body="Words")
        invite(speaker=speaker, by=cls.organiser)
        _link, upload_link = issue_link(session=session, speaker=speaker, by=cls.organiser)
        in_edition = {"edition": edition.slug}
        invited = make_registration_type(edition, for_whom="invited")
        guid = {"guid": presentation.guid}
        certificate = make_certificate()
        publication = Publication.objects.create(title="Looking back", slug="back", is_published=True)
        publication.parts.create(kind="chapter", title="One")
        topic = Topic.objects.create(name="Peace", slug="peace")
        session.topics.add(topic)
        cls.arguments = {
            "media": {"name": "portraits/none.jpg"},
            "account_reset_password_from_key": {"uidb36": "1", "key": "x-y"},
            "mfa_remove_webauthn": {"pk": 1},
            "mfa_edit_webauthn": {"pk": 1},
            "conference:theme": {"slug": theme.slug},
            "conference:unsubscribe": {"token": token_of(cls.account)},
            "conference:news_item": {"slug": "new"},
            "conference:edition_news": in_edition,
            "conference:edition_news_feed": in_edition,
            "conference:edition_news_item": {**in_edition, "slug": "new"},
            "conference:page": {"slug": "about"},
            "conference:edition_page": {**in_edition, "slug": "about"},
            "conference:my_data_file": {"guid": "00000000-0000-4000-8000-000000000000"},
            "conference:organisation_members": {"slug": school.slug},
            "sessions:organisation": {"slug": school.slug},
            "sessions:publications": {},
            "sessions:share": {},
            "sessions:publication": {"slug": publication.slug},
            "sessions:publication_chapter": {"slug": publication.slug, "pk": publication.parts.get().pk},
            "sessions:publication_pdf": {"slug": publication.slug},
            "sessions:publication_picture": {"slug": publication.slug, "pk": 0},
            "speakers:speaker": {"slug": speaker.slug},
            "speakers:invitation": {"token": token_in_mail()},
            "registration:rank": {**in_edition, "pk": make_published_round(edition).pk},
            "registration:round_result": {**in_edition, "pk": edition.rounds.get().pk},
            "registration:round_data": {**in_edition, "pk": edition.rounds.get().pk},
            "registration:claim": {"token": "none"},
            "registration:calendar": {"token": new_feed(user=cls.account).token},
            "registration:certificate": {"guid": certificate.guid},
            "registration:verify": {"code": certificate.code},
            "registration:my_pack": guid,
            "registration:my_pack_file": guid,
            "registration:pack": {"kind": "session", "key": session.guid},
            "registration:pack_file": {"kind": "session", "key": session.guid},
            "registration:download": guid,
            "registration:download_version": {**guid, "version": presentation.current_file.guid},
            "sessions:add_presentation": {"session": session.guid},
            "sessions:promise_presentations": {"session": session.guid},
            "sessions:upload_by_link": {"token": upload_link.split("/")[-2]},
            "sessions:manage_presentation": guid,
            "sessions:submit_version": guid,
            "sessions:presentation": guid,
            "sessions:page": {**guid, "number": 4},
            "registration:page_picture": {**guid, "number": 4, "size": 400},
            "registration:version_picture": {
                **guid,
                "version": presentation.current_file.guid,
                "number": 4,
                "size": 400,
            },
            "sessions:version_progress": guid,
            "sessions:progress_by_link": {**guid, "token": upload_link.split("/")[-2]},
            "sessions:cite": {**guid, "ending": "bib"},
            "sessions:cite_publication": {"slug": publication.slug, "ending": "json"},
            "sessions:topic": {"slug": topic.slug},
            "sessions:release": {**in_edition, "number": 1},
            "sessions:now_room": {**in_edition, "room": make_room(edition).slug},
            "sessions:session": {**in_edition, "slug": session.slug},
            "sessions:workshop": {**in_edition, "slug": workshop.slug},
            "sessions:session_ics": {**in_edition, "slug": session.slug},
            "sessions:workshop_ics": {**in_edition, "slug": workshop.slug},
            "sessions:speaker_ics": {"slug": speaker.slug},
            "sessions:track_ics": {**in_edition, "slug": make_track(edition).slug},
            "sessions:room_ics": {**in_edition, "slug": make_room(edition, "Hall").slug},
            "registration:presence": {**in_edition, "slug": session.slug},
            "registration:desk_room": {**in_edition, "slug": session.slug},
            "registration:register_invited": {**in_edition, "key": invited.invitation_key},
            "registration:book": {**in_edition, "slug": workshop.slug},
            "registration:withdraw_practice": guid,
            "registration:withdraw_consent": {**in_edition, "pk": 1},
            "registration:give_back": {**in_edition, "slug": workshop.slug},
            "registration:people": {**in_edition, "slug": session.slug},
            "registration:write_to_people": {**in_edition, "slug": session.slug},
            "registration:feedback": {**in_edition, "slug": session.slug},
            "registration:feedback_results": {**in_edition, "slug": session.slug},
            "registration:hide_feedback": {**in_edition, "slug": session.slug},
            "registration:outcomes": {**in_edition, "slug": session.slug},
            "registration:outcomes_pdf": {**in_edition, "slug": session.slug},
        }
        FeedbackPlan.objects.create(edition=edition, closes_at=timezone.now())
        cls.in_edition = in_edition

    def rows(self):
        lines = TABLE.strip().splitlines()[1:]
        return {line.split()[0]: line.split()[1:] for line in lines}

    def address(self, name):
        takes_edition = name.startswith(("sessions:", "registration:")) and name not in self.arguments
        for arguments in ({}, self.in_edition) if takes_edition else ({},):
            try:
                return reverse(name, kwargs=self.arguments.get(name, arguments))
            except Exception:
                if arguments or not takes_edition:
                    raise
        raise AssertionError(name)

    def test_every_address_has_a_row_and_every_row_an_address(self):
        known = {name for name in names(get_resolver().url_patterns) if not name.startswith("admin:")}

        self.assertEqual(known, set(self.rows()))

    def test_each_person_gets_what_the_row_says(self):
        for column, person in enumerate((None, self.account, self.organiser)):
            if person:
                self.client.force_login(person)
            for name, row in self.rows().items():
                status = self.client.get(self.address(name)).status_code
                with self.subTest(name=name, person=person and person.name):
                    self.assertEqual(str(status), row[column] if row[column] != "any" else str(status))
                self.assertLess(status, 500 if row[column] != "any" else 504)

    def test_admin_is_closed_to_visitors_and_to_accounts(self):
        plain = [f"{model._meta.app_label}_{model._meta.model_name}" for model in admin.site._registry]
        urls = [reverse(f"admin:{name}_{page}") for name in plain for page in ("changelist", "add")]
        urls += [
            reverse(f"admin:{name}_{page}", args=[1])
            for name in plain
            for page in ("change", "delete", "history")
        ]
        for person in (None, self.account):
            if person:
                self.client.force_login(person)
            for url in (reverse("admin:index"), *urls):
                with self.subTest(url=url, person=person and person.name):
                    self.assertIn(self.client.get(url).status_code, (302, 403, 404))


def token_in_mail() -> str:
    text = Outbox.objects.latest("pk").text
    return text.split("/speaker/invitation/")[1].split("/")[0]
