from django.contrib.admin import site
from django.contrib.auth.models import Group, Permission
from django.test import TestCase, override_settings
from django.urls import reverse

from conference.models import Edition, Outbox, Page, Site, User
from tests.admin_forms import make_staff, read_form
from tests.factories import make_edition, make_organiser, make_user


@override_settings(STAFF_SECOND_FACTOR=False)
class TwoOrganisersTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("organiser"))
        self.page = Page.objects.create(title="About", slug="about", body="First text")
        self.address = reverse("admin:conference_page_change", args=[self.page.pk])

    def test_a_form_is_saved_when_nobody_else_was_faster(self):
        form = read_form(self.client, self.address) | {"body_en": "Second text"}

        self.assertEqual(self.client.post(self.address, form).status_code, 302)
        self.page.refresh_from_db()
        self.assertEqual(self.page.body, "Second text")

    def test_the_second_save_is_refused_and_keeps_what_was_typed(self):
        mine = read_form(self.client, self.address) | {"body_en": "Mine"}
        hers = read_form(self.client, self.address) | {"body_en": "Hers"}
        self.client.post(self.address, hers)

        response = self.client.post(self.address, mine)

        self.assertContains(response, "was changed meanwhile by somebody else")
        self.assertContains(response, "Mine</textarea>")
        self.page.refresh_from_db()
        self.assertEqual(self.page.body, "Hers")

    def test_a_forged_or_missing_state_saves_nothing(self):
        form = read_form(self.client, self.address) | {"body_en": "Forged"}
        for seen in ("", "forged", None):
            data = {name: value for name, value in (form | {"seen": seen}).items() if value is not None}
            self.assertEqual(self.client.post(self.address, data).status_code, 200)
        self.page.refresh_from_db()
        self.assertEqual(self.page.body, "First text")

    def test_the_state_of_another_row_does_not_pass(self):
        other = Page.objects.create(title="Venue", slug="venue")
        foreign = read_form(self.client, reverse("admin:conference_page_change", args=[other.pk]))["seen"]
        form = read_form(self.client, self.address) | {"seen": foreign}

        self.assertEqual(self.client.post(self.address, form).status_code, 200)


@override_settings(STAFF_SECOND_FACTOR=False)
class UserAdminTests(TestCase):
    def setUp(self):
        self.organiser = make_staff("organiser")
        self.client.force_login(self.organiser)

    def address(self, user):
        return reverse("admin:conference_user_change", args=[user.pk])

    def test_a_new_account_has_no_password(self):
        form = {"email": "New@Example.org", "name": "New", "language": "en", "password": "typed for another"}

        self.client.post(reverse("admin:conference_user_add"), form)

        person = User.objects.get(email="new@example.org")
        self.assertFalse(person.has_usable_password())
        self.assertEqual(person.name, "New")

    def test_an_organiser_gives_groups_but_makes_nobody_a_superuser(self):
        person = make_user("Ben")
        helpers = Group.objects.get(name="helper")
        any_permission = Permission.objects.get(codename="delete_user")
        forged = {
            "groups": [helpers.pk],
            "is_staff": "on",
            "is_superuser": "on",
            "user_permissions": [any_permission.pk],
        }

        self.client.post(self.address(person), read_form(self.client, self.address(person)) | forged)

        person.refresh_from_db()
        self.assertEqual(([*person.groups.all()], person.is_staff), ([helpers], True))
        self.assertEqual((person.is_superuser, person.user_permissions.count()), (False, 0))

    def test_an_organiser_does_not_make_themselves_a_superuser(self):
        form = read_form(self.client, self.address(self.organiser)) | {"is_superuser": "on"}

        self.client.post(self.address(self.organiser), form)

        self.organiser.refresh_from_db()
        self.assertFalse(self.organiser.is_superuser)

    def test_a_superuser_is_not_changed_by_an_organiser(self):
        superuser = make_organiser("Root")
        form = {"name": "Taken over", "email": "mine@example.org", "language": "en"}

        self.assertEqual(self.client.post(self.address(superuser), form).status_code, 403)

        superuser.refresh_from_db()
        self.assertEqual((superuser.name, superuser.is_active), ("Root", True))

    def test_the_address_of_an_account_cannot_be_changed_here(self):
        person = make_user("Ben", email="ben@example.org")
        form = read_form(self.client, self.address(person)) | {"email": "mine@example.org"}

        self.client.post(self.address(person), form)

        person.refresh_from_db()
        self.assertEqual(person.email, "ben@example.org")

    def test_there_is_no_page_that_sets_a_password(self):
        self.assertEqual(
            self.client.get(f"/admin/conference/user/{self.organiser.pk}/password/").status_code, 302
        )
        self.assertNotContains(self.client.get(self.address(self.organiser)), "password/")

    def test_accounts_are_not_found_by_their_password_hash(self):
        address = reverse("admin:conference_user_changelist")

        self.assertEqual(self.client.get(address, {"password__startswith": "md5"}).status_code, 400)

    def test_the_desk_sees_names_and_addresses_only(self):
        self.client.force_login(make_staff("registration desk"))
        page = self.client.get(self.address(self.organiser)).content.decode()

        self.assertIn(self.organiser.name, page)
        self.assertNotIn("is_staff", page)


@override_settings(STAFF_SECOND_FACTOR=False)
class OutboxAdminTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("organiser"))
        self.address = reverse("admin:conference_outbox_changelist")

    def send_again(self, *mails):
        data = {"action": "send_selected_again", "_selected_action": [mail.pk for mail in mails]}
        return self.client.post(self.address, data, follow=True)

    def test_a_failed_mail_waits_again_and_others_stay(self):
        failed = Outbox.objects.create(
            recipient="a@example.org", subject="x", text="t", status="failed", attempts=9
        )
        sent = Outbox.objects.create(recipient="b@example.org", subject="x", text="t", status="sent")
        erased = Outbox.objects.create(recipient="c@example.org", subject="x", text="", status="failed")

        self.send_again(failed, sent, erased)

        states = [(mail.status, mail.attempts) for mail in Outbox.objects.order_by("pk")]
        self.assertEqual(states, [("waiting", 0), ("sent", 0), ("failed", 0)])

    def test_one_mail_is_sent_again_from_its_own_page(self):
        failed = Outbox.objects.create(recipient="a@example.org", subject="x", text="t", status="failed")
        sent = Outbox.objects.create(recipient="b@example.org", subject="x", text="t", status="sent")
        pages = [
            self.client.get(reverse("admin:conference_outbox_change", args=[one.pk]))
            for one in (failed, sent)
        ]
        button = 'name="action" value="send_selected_again"'
        self.assertContains(pages[0], button)
        self.assertContains(pages[0], f'name="_selected_action" value="{failed.pk}"')
        self.assertNotContains(pages[1], button)

    def test_a_secret_text_is_neither_shown_nor_searched(self):
        mail = Outbox.objects.create(
            recipient="a@example.org", subject="Your code", text="canary", html="canary", is_secret=True
        )
        page = self.client.get(reverse("admin:conference_outbox_change", args=[mail.pk]))

        self.assertNotContains(page, "canary")
        self.assertEqual(self.client.get(self.address, {"text__contains": "canary"}).status_code, 400)
        self.assertNotContains(self.client.get(self.address, {"q": "canary"}), "Your code")

    def test_an_ordinary_text_is_shown_as_text(self):
        mail = Outbox.objects.create(recipient="a@example.org", subject="Hi", text="<b>plain</b>")

        self.assertContains(
            self.client.get(reverse("admin:conference_outbox_change", args=[mail.pk])),
            "&lt;b&gt;plain&lt;/b&gt;",
        )


@override_settings(STAFF_SECOND_FACTOR=False)
class EditionAdminTests(TestCase):
    def setUp(self):
        self.client.force_login(make_staff("organiser"))
        self.edition = make_edition(time_zone="Asia/Tokyo", is_published=False)
        self.address = reverse("admin:conference_edition_change", args=[self.edition.pk])

    def test_the_address_of_an_edition_never_changes(self):
        slug = self.edition.slug
        self.client.post(self.address, read_form(self.client, self.address) | {"slug": "another"})

        self.edition.refresh_from_db()
        self.assertEqual(self.edition.slug, slug)

    def test_times_are_those_of_the_place(self):
        form = read_form(self.client, self.address)
        form |= {"registration_closes_at_0": "2027-03-01", "registration_closes_at_1": "18:00:00"}

        self.client.post(self.address, form)

        self.edition.refresh_from_db()
        self.assertEqual(self.edition.registration_closes_at.isoformat(), "2027-03-01T09:00:00+00:00")

    def test_publishing_is_an_action(self):
        data = {"action": "publish", "_selected_action": [self.edition.pk]}
        self.client.post(reverse("admin:conference_edition_changelist"), data)

        self.assertTrue(Edition.objects.get(pk=self.edition.pk).is_published)

    def test_a_row_of_another_edition_sent_in_a_part_of_the_form_stays_where_it_is(self):
        other = make_edition()
        foreign = other.part_of.create(title="Festival")
        form = read_form(self.client, self.address) | {
            "part_of-TOTAL_FORMS": "1", "part_of-INITIAL_FORMS": "1", "part_of-0-id": str(foreign.pk),
            "part_of-0-edition": str(self.edition.pk), "part_of-0-title_en": "Stolen", "part_of-0-position": "0",
        }  # fmt: skip

        self.client.post(self.address, form)

        foreign.refresh_from_db()
        self.assertEqual((foreign.title, foreign.edition), ("Festival", other))
        self.assertEqual(self.edition.part_of.count(), 0)


@override_settings(STAFF_SECOND_FACTOR=False)
class SiteAdminTests(TestCase):
    def test_the_list_is_the_form_of_the_one_row(self):
        Site.objects.update_or_create(pk=1)
        self.client.force_login(make_organiser())

        response = self.client.get(reverse("admin:conference_site_changelist"))

        self.assertRedirects(response, reverse("admin:conference_site_change", args=[1]))

    def test_a_missing_row_is_made_by_its_form(self):
        Site.objects.all().delete()
        self.client.force_login(make_organiser())
        response = self.client.get(reverse("admin:conference_site_changelist"))
        self.assertEqual(
            (response["Location"], Site.objects.count()), (reverse("admin:conference_site_add"), 0)
        )

        self.client.post(response["Location"], {"name_en": "Our conference"})

        self.assertEqual([(row.pk, row.name) for row in Site.objects.all()], [(1, "Our conference")])


class RegisteredModelsTests(TestCase):
    def test_personal_keys_and_sessions_are_not_in_the_admin(self):
        apps = {model._meta.app_label for model in site._registry}

        self.assertEqual(apps, {"auth", "conference", "conference_sessions", "registration", "speakers"})
