"""The list of check-ins says when a scan was sent later than it was made."""

import re
from datetime import timedelta

from django.test import TestCase, override_settings
from django.utils import timezone

from tests.admin_forms import make_staff
from tests.factories import make_check_in, make_edition, make_registration


@override_settings(STAFF_SECOND_FACTOR=False)
class CheckInListTests(TestCase):
    def sent_later(self):
        page = self.client.get("/admin/registration/checkin/").content.decode()
        return re.findall(r'class="field-sent_later[^"]*">([^<]*)<', page)

    def test_only_what_came_from_a_device_without_a_network_is_marked(self):
        self.client.force_login(make_staff("organiser"))
        edition, now = make_edition(is_front_page=True), timezone.now()
        make_check_in(make_registration("Ada", edition), at=now - timedelta(minutes=10))
        make_check_in(make_registration("Ben", edition), at=now)

        at_once, later = self.sent_later()
        self.assertEqual((at_once, later == "–"), ("–", False))
