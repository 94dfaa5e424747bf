"""Two people at one form: the second sees both versions, and nothing is lost without a choice."""

from datetime import timedelta

import time_machine
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from conference.models import Series
from sessions.models import Session
from tests.admin_forms import make_staff, read_form
from tests.factories import make_appearance, make_registration, make_session, make_speaker, make_user


class TwoPeopleTests(TestCase):
    def setUp(self):
        self.olga = make_staff("organiser", email="olga@example.org")
        self.client.force_login(self.olga)
        self.session = make_session(title="Opening", abstract="As it was")
        self.address = reverse("admin:conference_sessions_session_change", args=[self.session.pk])
        self.form = read_form(self.client, self.address)

    def save(self, form):
        return self.client.post(self.address, form)

    def refused(self, **mine):
        """Mine comes second; the page that says so, and what its form would send."""
        page = self.save(self.form | mine)
        self.assertContains(page, "was changed meanwhile by somebody else")
        again = self.form | mine | {"seen": page.context["adminform"].form["seen"].value()}
        return page.context["adminform"].form.collision, again

    def now(self):
        return Session.objects.get(pk=self.session.pk)

    def test_both_versions_and_the_one_before_stand_side_by_side(self):
        self.save(self.form | {"title_en": "Hers", "number": "4"})

        collision, _again = self.refused(title_en="Mine")

        self.assertEqual(collision.who, self.olga.name)
        self.assertEqual(
            [(c.name, c.difference.before, c.difference.after, c.mine, c.is_mine) for c in collision.choices],
            [("number", "", "4", "", False), ("title_en", "Opening", "Hers", "Mine", True)],
        )
        self.assertEqual(self.now().title, "Hers")

    def test_saving_again_without_a_choice_is_refused_once_more(self):
        self.save(self.form | {"title_en": "Hers"})
        _collision, again = self.refused(title_en="Mine")

        self.assertContains(self.save(again), "Say for each field which text is to stay.")
        self.assertEqual(self.now().title, "Hers")

    def test_the_choice_stays_there_until_it_is_made(self):
        self.save(self.form | {"title_en": "Hers", "abstract_en": "Her abstract"})
        _collision, again = self.refused(title_en="Mine", abstract_en="My abstract")

        page = self.save(again | {"take-abstract_en": "mine"})
        form = page.context["adminform"].form
        asked = [(one.name, one.mine, one.difference.after, one.answer) for one in form.collision.choices]

        self.assertEqual(
            asked, [("title_en", "Mine", "Hers", ""), ("abstract_en", "My abstract", "Her abstract", "mine")]
        )
        self.assertContains(page, 'name="take-abstract_en" value="mine" checked')
        later = again | {"seen": form["seen"].value(), "take-abstract_en": "mine", "take-title_en": "mine"}
        self.assertEqual(self.save(later).status_code, 302)
        self.assertEqual((self.now().title, self.now().abstract), ("Mine", "My abstract"))

    def test_each_field_is_what_was_chosen(self):
        self.save(self.form | {"title_en": "Hers", "abstract_en": "Her abstract"})
        _collision, again = self.refused(title_en="Mine", abstract_en="My abstract")

        response = self.save(again | {"take-title_en": "theirs", "take-abstract_en": "mine"})

        self.assertEqual(response.status_code, 302)
        self.assertEqual((self.now().title, self.now().abstract), ("Hers", "My abstract"))

    def test_a_field_i_did_not_touch_stays_theirs(self):
        self.save(self.form | {"abstract_en": "Her abstract"})
        collision, again = self.refused(title_en="Mine")
        checked = {one.box: "theirs" for one in collision.choices if not one.is_mine}

        self.save(again | checked)

        self.assertEqual((self.now().title, self.now().abstract), ("Mine", "Her abstract"))

    def test_a_third_change_meanwhile_is_asked_about_again(self):
        self.save(self.form | {"title_en": "Hers"})
        _collision, again = self.refused(title_en="Mine")
        row = self.now()
        row.title = "Of a third"
        row.save()

        self.assertContains(self.save(again | {"take-title_en": "mine"}), "was changed meanwhile")
        self.assertEqual(self.now().title, "Of a third")

    def test_what_belongs_to_the_session_counts_too(self):
        appearance = make_appearance(self.session)
        self.form = read_form(self.client, self.address)
        appearance.role = "Chair"
        appearance.save()

        collision, _again = self.refused(title_en="Mine")

        self.assertEqual([one.differences[0].after for one in collision.rows], ["Chair"])

    def test_hostile_texts_of_the_other_are_texts(self):
        self.save(self.form | {"title_en": "<script>alert(1)</script>"})

        page = self.save(self.form | {"title_en": "Mine"})

        self.assertNotContains(page, "<script>alert(1)")

    def test_every_form_of_a_tracked_object_asks(self):
        series = Series.objects.create(title="Years", slug="years")
        address = reverse("admin:conference_series_change", args=[series.pk])
        mine, hers = (read_form(self.client, address) | {"title_en": words} for words in ("Mine", "Hers"))
        self.client.post(address, hers)

        self.assertContains(self.client.post(address, mine), "was changed meanwhile by somebody else")


class LongAgoTests(TestCase):
    def test_a_form_opened_a_minute_ago_changes_only_what_was_typed(self):
        self.client.force_login(make_staff("organiser", email="olga@example.org"))
        registration = make_registration("Ada")
        address = reverse("admin:registration_registration_change", args=[registration.pk])
        with time_machine.travel(timezone.now() - timedelta(minutes=1)):
            form = read_form(self.client, address)

        self.assertEqual(self.client.post(address, form | {"role": "ngo"}).status_code, 302)

        registration.refresh_from_db()
        self.assertEqual(registration.role, "ngo")


class OwnProfileTests(TestCase):
    """A speaker writes while an organiser edits the same person."""

    def setUp(self):
        self.ada = make_user("Ada")
        self.speaker = make_speaker("Ada", biography="As it was")
        self.speaker.user = self.ada
        self.speaker.save()
        self.client.force_login(self.ada)
        self.address = reverse("speakers:profile")

    def test_the_speaker_sees_both_and_chooses(self):
        form = read_form(self.client, self.address) | {"biography": "Mine"}
        self.speaker.biography = "Of the organiser"
        self.speaker.save()

        page = self.client.post(self.address, form)

        self.assertContains(page, "was changed meanwhile by somebody else", status_code=422)
        again = form | {"seen": page.context["form"]["seen"].value(), "take-biography": "mine"}
        self.assertEqual(self.client.post(self.address, again).status_code, 302)
        self.speaker.refresh_from_db()
        self.assertEqual(self.speaker.biography, "Mine")
