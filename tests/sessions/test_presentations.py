"""The page of one presentation and the list of an edition: the gate says truthfully what opens the file."""

from datetime import date, timedelta

from django.test import TestCase
from django.utils import timezone

from registration.services.views import count_view
from sessions.models import Credit, Presentation, PresentationFile, Session
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_registration,
    make_session,
    make_speaker,
    make_user,
    make_workshop,
)

Audience = Presentation.Audience


class GateTests(TestCase):
    def setUp(self):
        self.edition = make_edition(title="Mobility")
        self.session = make_session(self.edition, "Recognition: how?")

    def page(self, **fields):
        self.presentation = make_presentation(self.session, "The slides", **fields)
        return self.client.get(self.presentation.get_absolute_url())

    def test_open_file_has_a_download_button_and_no_gate(self):
        response = self.page(audience=Audience.EVERYONE)

        self.assertContains(response, f'href="/presentations/{self.presentation.guid}/download/"')
        self.assertNotContains(response, 'class="gate"')

    def test_file_for_members_leads_to_signing_up_and_back(self):
        response = self.page(audience=Audience.MEMBERS)

        here = f"next=/presentations/{self.presentation.guid}/"
        self.assertContains(response, f'href="/accounts/signup/?{here}"')
        self.assertContains(response, f'href="/accounts/login/?{here}"')
        self.assertNotContains(response, "/download/")

    def test_file_for_attendees_leads_to_registering_while_it_is_open(self):
        response = self.page(audience=Audience.ATTENDEES)

        here = f"next=/presentations/{self.presentation.guid}/"
        self.assertContains(response, f'href="/{self.edition.slug}/register/?{here}"')

    def test_file_for_attendees_asks_to_log_in_once_registration_is_closed(self):
        self.edition.registration_closes_at = timezone.now() - timedelta(days=1)
        self.edition.save()

        response = self.page(audience=Audience.ATTENDEES)

        self.assertNotContains(response, "/register/")
        self.assertContains(response, "Did you take part?")

    def test_file_that_opens_later_says_when_in_the_time_zone_of_the_edition(self):
        opens_at = timezone.now().replace(year=2031, month=7, day=14, hour=22, minute=30)
        self.edition.time_zone = "Europe/Tallinn"
        self.edition.save()

        response = self.page(opens_at=opens_at)

        self.assertContains(response, "The file opens on 15 July 2031, 01:30 (Europe/Tallinn).")

    def test_anonymous_page_has_no_form_and_sets_no_cookie(self):
        response = self.page(audience=Audience.MEMBERS)

        self.assertNotContains(response, 'method="post"')
        self.assertFalse(response.cookies)

    def test_gate_offers_what_is_open_already_and_nothing_else(self):
        make_presentation(self.session, "Open hand-out")
        make_presentation(self.session, "Closed paper", audience=Audience.MEMBERS)
        make_presentation(self.session, "Waiting slides", status="submitted")

        response = self.page(audience=Audience.MEMBERS)

        self.assertEqual([other.title for other in response.context["open_already"]], ["Open hand-out"])

    def test_page_tells_everything_but_the_file(self):
        speaker = make_speaker("Grace Hopper")
        make_appearance(self.session, speaker)
        presentation = make_presentation(
            self.session, audience=Audience.MEMBERS, language="nl", description="**Much**"
        )
        Credit.objects.create(presentation=presentation, speaker=speaker, name="G. Hopper")

        response = self.client.get(presentation.get_absolute_url())

        for words in (
            "Recognition: how?", f'<a href="/speakers/{speaker.slug}/">G. Hopper</a>', "Dutch", "PDF", "15 bytes",
            "CC BY 4.0", "<strong>Much</strong>", '<meta name="description" content="Much">', "Slides",
        ):  # fmt: skip
            with self.subTest(words):
                self.assertContains(response, words)

    def test_author_without_a_public_page_is_not_linked(self):
        presentation = make_presentation(self.session)
        Credit.objects.create(presentation=presentation, speaker=make_speaker(), name="G. Hopper")

        self.assertNotContains(self.client.get(presentation.get_absolute_url()), "/speakers/speaker-")

    def test_number_of_downloads_is_for_organisers_and_the_speaker(self):
        speaker = make_speaker(user=make_user("Sam"))
        make_appearance(self.session, speaker)
        presentation = make_presentation(self.session)
        for person, sees_it in ((make_organiser(), True), (speaker.user, True), (make_user(), False)):
            self.client.force_login(person)
            response = self.client.get(presentation.get_absolute_url())
            with self.subTest(person.name):
                for number in ("Views", "Downloads"):
                    self.assertEqual(f"<dt>{number}</dt>" in response.content.decode(), sees_it)

    def test_speaker_reads_how_often_it_was_looked_at(self):
        presentation = make_presentation(self.session, uploaded_by=make_user("Una"))
        count_view(presentation.guid, day=date(2026, 3, 1))
        count_view(presentation.guid, day=date(2026, 3, 2))
        self.client.force_login(presentation.uploaded_by)

        self.assertContains(self.client.get(presentation.get_absolute_url()), "<dt>Views</dt><dd>2</dd>")
        managed = self.client.get(f"/speaker/presentations/{presentation.guid}/")
        self.assertContains(managed, "Looked at 2 times. Downloaded 0 times.")

    def test_page_takes_at_most_eight_queries(self):
        presentation = make_presentation(self.session, audience=Audience.MEMBERS)
        make_presentation(self.session)

        with self.assertNumQueries(7):
            self.client.get(presentation.get_absolute_url())


class HiddenTests(TestCase):
    def test_what_is_not_public_does_not_exist_for_others(self):
        session, withdrawn = make_session(), make_session(status=Session.Status.WITHDRAWN)
        hidden = [
            make_presentation(session, status="submitted"),
            make_presentation(session, withdrawn_at=timezone.now()),
            make_presentation(withdrawn),
            make_presentation(make_session(make_edition(is_published=False))),
            make_presentation(session, audience=Audience.ORGANISERS),
        ]
        for login in (None, make_user("Ben")):
            if login:
                self.client.force_login(login)
            for presentation in hidden:
                response = self.client.get(presentation.get_absolute_url())
                self.assertEqual(response.status_code, 404)

    def test_organiser_sees_a_page_that_is_not_public_marked_as_such(self):
        presentation = make_presentation(make_session(status=Session.Status.DRAFT))
        self.client.force_login(make_organiser())

        self.assertContains(self.client.get(presentation.get_absolute_url()), "Not public yet.")

    def test_presentation_without_edition_session_or_author_renders(self):
        presentation = make_presentation(audience=Audience.MEMBERS)

        self.assertContains(self.client.get(presentation.get_absolute_url()), "Create a free account")

    def test_link_is_opened_by_the_download_address(self):
        presentation = make_presentation(make_session())
        PresentationFile.objects.update(file="", link="https://films.example.org/7", size=0, format="")

        response = self.client.get(presentation.get_absolute_url())

        self.assertContains(response, "Open the link to films.example.org")
        self.assertNotContains(response, "https://films.example.org/7")


class ListTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.url = f"/{self.edition.slug}/presentations/"

    def test_presentations_stand_in_two_groups(self):
        make_presentation(make_session(self.edition), "By a speaker")
        make_presentation(make_workshop(self.edition), "Of a workshop")

        response = self.client.get(self.url)

        self.assertEqual([one.title for one in response.context["of_speakers"]], ["By a speaker"])
        self.assertEqual([one.title for one in response.context["of_workshops"]], ["Of a workshop"])
        self.assertContains(response, "Presentations of speakers")
        self.assertContains(response, "Presentations of workshops")

    def test_each_row_says_what_opens_it(self):
        session = make_session(self.edition)
        for audience in (Audience.EVERYONE, Audience.MEMBERS, Audience.ATTENDEES):
            make_presentation(session, audience=audience)

        response = self.client.get(self.url)

        for state, words in (("open", "Open"), ("account", "Free account"), ("registration", "Registration")):
            self.assertContains(response, f'<span class="access" data-access="{state}">{words}</span>')

    def test_kind_and_language_narrow_the_list(self):
        session = make_session(self.edition)
        make_presentation(session, "Dutch slides", language="nl")
        make_presentation(session, "English paper", kind="paper")

        def titles(query):
            return [one.title for one in self.client.get(self.url + query).context["of_speakers"]]

        self.assertEqual(titles("?language=nl"), ["Dutch slides"])
        self.assertEqual(titles("?kind=paper"), ["English paper"])
        self.assertEqual(titles("?kind=paper&language=nl"), [])
        self.assertEqual(titles("?kind=<b>&session__title=x"), [])
        self.assertEqual(len(titles("?position=9")), 2)

    def test_edition_without_presentations_says_so(self):
        self.assertContains(self.client.get(self.url), "Nothing here yet")

    def test_other_editions_and_hidden_presentations_are_not_listed(self):
        make_presentation(make_session(), "Elsewhere")
        make_presentation(make_session(self.edition), "Waiting", status="submitted")

        self.assertContains(self.client.get(self.url), "Nothing here yet")

    def test_list_takes_the_same_few_queries_for_one_and_for_three(self):
        self.client.get(self.url)  # the first of a process asks what the database can do
        for _round in range(3):
            make_presentation(make_workshop(self.edition))
            make_presentation(make_session(self.edition))
            with self.assertNumQueries(6):
                self.client.get(self.url)

    def test_attendee_sees_the_file_as_open(self):
        make_presentation(make_session(self.edition), audience=Audience.ATTENDEES)
        self.client.force_login(make_registration(edition=self.edition).user)

        self.assertContains(self.client.get(self.url), 'data-access="open"')
