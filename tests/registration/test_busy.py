from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory, SimpleTestCase

from registration.views.busy import answer_when_busy


class BusyTests(SimpleTestCase):
    def test_a_lock_that_does_not_come_asks_to_try_again(self):
        @answer_when_busy
        def view(request):
            raise OperationalError("canceling statement due to lock timeout")

        with self.assertLogs("registration.views.busy", "WARNING"):
            answer = view(RequestFactory().post("/"))

        self.assertEqual((answer.status_code, answer["Retry-After"]), (503, "5"))
        self.assertIn("Please try again", answer.content.decode())
        self.assertNotIn("lock timeout", answer.content.decode())

    def test_other_answers_pass(self):
        answer = answer_when_busy(lambda request: HttpResponse("fine"))(RequestFactory().get("/"))

        self.assertEqual(answer.content, b"fine")
