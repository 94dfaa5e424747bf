"""Every address of the site has a row here: what a visitor, an account and an organiser get. One without a row fails."""

from collections.abc import Iterator

from django.contrib import admin
from django.test import TestCase, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from conference.models import Edition, Outbox, Page, Theme
from registration.services.calendar_feeds import new_feed
from sessions.collecting.links import issue_link
from sessions.models import Publication, Topic
from speakers.services.invitations import invite
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

# Statuses of a GET; 302 leads to log-in or, for an account, to what has to be done first.
TABLE = """
                                     visitor  account  organiser
livez                                200      200      200
readyz                               any      any      any
media                                404      404      404
service_worker                       200      200      200
robots                               200      200      200
sitemap                              200      200      200
account_signup                       200      302      302
account_login                        200      302      302
account_logout                       302      200      200
account_inactive                     200      200      200
account_reauthenticate               302      200      200
account_email                        302      200      200
account_email_verification_sent      302      302      302
account_change_password              302      200      200
account_set_password                 302      302      302
account_reset_password               200      200      200
account_confirm_login_code           302      302      302
account_reset_password_from_key_done 200      200      200
account_reset_password_from_key      200      200      200
account_reset_password_done          200      200      200
account_request_login_code           200      302      302
mfa_index                            302      200      200
mfa_authenticate                     302      302      302
mfa_reauthenticate                   302      302      302
mfa_activate_totp                    302      302      302
mfa_deactivate_totp                  302      404      404
mfa_view_recovery_codes              302      404      404
mfa_generate_recovery_codes          302      302      302
mfa_download_recovery_codes          302      404      404
mfa_list_webauthn                    302      200      200
mfa_add_webauthn                     302      302      302
mfa_reauthenticate_webauthn          302      302      302
mfa_remove_webauthn                  302      302      302
mfa_edit_webauthn                    302      302      302
mfa_login_webauthn                   302      302      302
usersessions_list                    302      200      200
conference:home                      200      200      200
conference:offline                   200      200      200
conference:editions                  200      200      200
conference:theme                     200      200      200
conference:page                      200      200      200
conference:edition_page              200      200      200
conference:own_name                  302      200      200
conference:my_organisation           302      200      200
conference:new_organisation          302      200      200
conference:organisation_members      302      404      404
speakers:speaker                     200      200      200
speakers:profile                     302      404      404
speakers:invitation                  200      200      200
registration:my_registrations        302      200      200
registration:my_programme            200      200      200
registration:certificate             302      404      404
registration:verify_ask              200      200      200
registration:verify                  200      200      200
registration:star                    405      405      405
registration:calendar                200      200      200
registration:calendar_address        302      405      405
registration:download                302      200      200
registration:download_version        404      200      200
registration:my_pack                 302      404      404
registration:my_pack_file            302      404      404
registration:pack                    200      200      200
registration:pack_file               302      200      200
registration:register                200      200      200
registration:register_invited        200      200      200
registration:claim                   410      410      410
registration:register_colleagues     302      200      200
registration:hand_over               302      404      404
registration:my_registration         302      302      302
registration:ticket                  302      302      302
registration:ticket_calendar         302      404      404
registration:reissue_ticket          302      405      405
registration:desk                    302      404      200
registration:desk_people             302      404      200
registration:desk_register           302      404      200
registration:desk_room               302      404      200
registration:desk_scan               302      404      405
registration:desk_undo               302      404      405
registration:presence                302      404      200
registration:edit                    302      404      404
registration:cancel                  302      404      404
registration:rank                    302      404      404
registration:round_result            200      200      200
registration:round_data              200      200      200
registration:change_type             302      404      404
registration:invoice                 302      404      404
registration:withdraw_consent        302      405      405
registration:book                    405      405      405
registration:give_back               302      404      404
registration:people                  302      404      200
registration:write_to_people         302      404      200
registration:outcomes                302      404      200
registration:outcomes_pdf            404      404      404
sessions:organisation                200      200      200
sessions:publications                200      200      200
sessions:share                       302      200      200
sessions:publication                 200      200      200
sessions:publication_chapter         200      200      200
sessions:publication_pdf             200      200      200
sessions:publication_picture         404      404      404
sessions:speaker_desk                302      200      200
sessions:availability                302      404      404
sessions:schedule_ics                200      200      200
sessions:schedule_json               200      200      200
sessions:schedule_xml                200      200      200
sessions:session_ics                 200      200      200
sessions:workshop_ics                200      200      200
sessions:speaker_ics                 200      200      200
sessions:track_ics                   200      200      200
sessions:room_ics                    200      200      200
sessions:add_presentation            302      404      200
sessions:manage_presentation         302      404      200
sessions:submit_version              302      405      405
sessions:promise_presentations       302      404      200
sessions:upload_by_link              200      200      200
sessions:presentation                200      200      200
sessions:page                        200      200      200
registration:page_picture            404      200      200
sessions:library                     200      200      200
sessions:library_feed                200      200      200
sessions:presentation_feed           200      200      200
sessions:topic                       200      200      200
sessions:cite                        200      200      200
sessions:cite_publication            200      200      200
sessions:overview                    200      200      200
sessions:releases                    200      200      200
sessions:release                     200      200      200
sessions:feed                        200      200      200
sessions:programme                   200      200      200
sessions:booklet                     200      200      200
sessions:now                         200      200      200
sessions:now_room                    200      200      200
sessions:manifest                    200      200      200
sessions:offline_list                200      200      200
sessions:sessions                    200      200      200
sessions:session                     200      200      200
sessions:workshops                   200      200      200
sessions:workshop                    200      200      200
sessions:speakers                    200      200      200
sessions:presentations               200      200      200
"""


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
            Page.objects.create(edition=owner, title="Privacy", slug="privacy", body="Words")
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
            "conference:page": {"slug": "privacy"},
            "conference:edition_page": {**in_edition, "slug": "privacy"},
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
            "registration:withdraw_consent": {**in_edition, "pk": 1},
            "registration:give_back": {**in_edition, "slug": workshop.slug},
            "registration:people": {**in_edition, "slug": session.slug},
            "registration:write_to_people": {**in_edition, "slug": session.slug},
            "registration:outcomes": {**in_edition, "slug": session.slug},
            "registration:outcomes_pdf": {**in_edition, "slug": session.slug},
        }
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
