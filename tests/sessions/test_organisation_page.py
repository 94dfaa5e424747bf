"""The page of an organisation: what it brought over the years, and only those people who want to be named."""

from django.test import TestCase

from sessions.models import Credit
from tests.factories import (
    make_appearance,
    make_edition,
    make_membership,
    make_organisation,
    make_organiser,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
)


class OrganisationPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.school = make_organisation("Busleyden Atheneum", city="Mechelen")
        cls.url = f"/organisations/{cls.school.slug}/"
        cls.edition = make_edition("First conference")
        cls.session = make_session(cls.edition, "Opening")

    def present(self, session=None, **fields):
        return make_appearance(session or self.session, make_speaker(**fields), organisation=self.school)

    def test_presenters_and_presentations_stand_under_their_editions(self):
        self.present(name="Grace Hopper")
        later = make_session(make_edition("Later conference"), "Closing")
        self.present(later, name="Alan Turing")
        make_presentation(later, "Slides of the closing")

        page = self.client.get(self.url)

        self.assertContains(page, "Grace Hopper")
        self.assertContains(page, "Slides of the closing")
        self.assertNotContains(page, "noindex")
        self.assertNotIn("Set-Cookie", page.headers)

    def test_member_is_named_only_when_they_want_and_their_account_is_active(self):
        self.present()
        make_membership(self.school, make_user("Quiet person"))
        make_membership(self.school, make_user("Loud person"), is_shown=True)
        make_membership(self.school, make_user("Gone person", is_active=False), is_shown=True)

        page = self.client.get(self.url)

        self.assertContains(page, "Loud person")
        for name in ("Quiet person", "Gone person"):
            self.assertNotContains(page, name)

    def test_presenter_who_is_a_member_decides_too_and_the_session_stays(self):
        user = make_user("Grace")
        self.present(name="Grace Hopper", user=user)
        mine = make_membership(self.school, user)
        self.assertNotContains(self.client.get(self.url), "Grace Hopper")
        self.assertContains(self.client.get(self.url), "Opening")

        mine.is_shown = True
        mine.save()

        self.assertContains(self.client.get(self.url), "Grace Hopper")

    def test_presentations_follow_the_one_rule_who_finds_them_listed(self):
        self.present()
        make_presentation(self.session, "Organisers only", audience="organisers")
        make_presentation(self.session, "Not approved", status="submitted")

        for user in (None, make_user()):
            if user:
                self.client.force_login(user)
            page = self.client.get(self.url)
            self.assertNotContains(page, "Organisers only")
            self.assertNotContains(page, "Not approved")
        self.client.force_login(make_organiser())
        self.assertContains(self.client.get(self.url), "Organisers only")

    def test_presentation_of_somebody_else_in_the_same_panel_is_not_claimed(self):
        ours = self.present(name="Grace")
        theirs = make_appearance(self.session, make_speaker("Eve"))
        for appearance, title in ((ours, "Our slides"), (theirs, "Their slides")):
            made = make_presentation(self.session, title)
            Credit.objects.create(presentation=made, speaker=appearance.speaker, name="x")

        page = self.client.get(self.url)

        self.assertContains(page, "Our slides")
        self.assertNotContains(page, "Their slides")

    def test_drafts_and_unpublished_editions_do_not_show(self):
        self.present(make_session(self.edition, "Secret draft", status="draft"))
        self.present(make_session(make_edition(is_published=False), "Secret edition"))

        self.assertEqual(self.client.get(self.url).status_code, 404)

    def test_organisation_outside_every_programme_is_no_place_to_publish_words(self):
        member = make_user("Member")
        row = make_membership(self.school, member)
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.client.force_login(make_user())
        self.assertEqual(self.client.get(self.url).status_code, 404)
        row.is_shown = True
        row.save()

        self.assertContains(self.client.get(self.url), "noindex")
        self.client.logout()
        self.assertEqual(self.client.get(self.url).status_code, 404)
        self.client.force_login(member)
        self.assertContains(self.client.get(self.url), "becomes public once")

    def test_one_and_three_years_take_the_same_number_of_queries(self):
        self.present()
        make_presentation(self.session)
        self.client.get(self.url)
        with self.assertNumQueries(8):
            self.client.get(self.url)
        for _number in range(2):
            session = make_session(make_edition())
            self.present(session)
            make_presentation(session)
        with self.assertNumQueries(8):
            self.client.get(self.url)

    def test_sitemap_names_it_and_the_speakers_page_links_to_it(self):
        one = self.present()

        self.assertContains(self.client.get("/sitemap.xml"), self.url)
        self.assertContains(self.client.get(one.speaker.get_absolute_url()), self.url)
