"""Where one goes on after the code that confirms the address."""

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import TestCase

from conference.models import User
from tests.conference.test_signup import ANSWERS, CONFIRM, HOSTILE_NEXT, SIGNUP, code_from_mail


class ConfirmingTests(TestCase):
    def test_after_the_code_one_is_back_on_the_page_one_came_from(self):
        self.client.post(SIGNUP, ANSWERS)
        self.assertContains(self.client.get("/editions/"), f'{CONFIRM}?next=/editions/"')
        page = self.client.get(CONFIRM, {"next": "/editions/"})
        self.assertContains(page, 'name="next" value="/editions/"')

        response = self.client.post(CONFIRM, {"code": code_from_mail(), "next": "/editions/"})

        self.assertRedirects(response, "/editions/", fetch_redirect_response=False)

    def test_who_came_from_nowhere_or_from_elsewhere_goes_on_at_their_own_page(self):
        for wanted in ({}, *({"next": hostile} for hostile in HOSTILE_NEXT)):
            with self.subTest(wanted):
                EmailAddress.objects.all().delete()
                User.objects.all().delete()
                cache.clear()
                self.client.post(SIGNUP, ANSWERS)
                response = self.client.post(CONFIRM, {"code": code_from_mail(), **wanted})
                self.client.logout()

                self.assertRedirects(response, "/accounts/registrations/", fetch_redirect_response=False)
