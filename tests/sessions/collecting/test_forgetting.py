"""Where upload links were sent is not kept longer than anybody needs it."""

from datetime import timedelta

from django.test import TestCase
from django.utils import timezone

from sessions.collecting.forgetting import forget_old_links
from sessions.collecting.links import issue_link
from sessions.models import UploadLink
from tests.factories import make_appearance, make_presentation, make_session, make_speaker

NOW = timezone.now()
DAY = timedelta(days=1)


class ForgettingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.session = make_session()
        cls.grace = make_speaker(email="grace@example.org")
        make_appearance(cls.session, cls.grace)

    def link(self, **fields):
        link, _url = issue_link(session=self.session, speaker=self.grace, by=None, at=NOW)
        UploadLink.objects.filter(pk=link.pk).update(**fields)
        return link

    def kept(self):
        return set(UploadLink.objects.values_list("pk", "email"))

    def test_unused_link_goes_thirty_days_after_it_ran_out_or_was_taken_back(self):
        recent = [self.link(expires_at=NOW - 29 * DAY), self.link(revoked_at=NOW - 29 * DAY), self.link()]
        self.link(expires_at=NOW - 30 * DAY), self.link(revoked_at=NOW - 30 * DAY)

        self.assertEqual([forget_old_links(NOW), forget_old_links(NOW)], [2, 0])
        self.assertEqual(self.kept(), {(link.pk, "grace@example.org") for link in recent})

    def test_link_that_brought_something_stays_without_its_address(self):
        link = self.link(expires_at=NOW - 31 * DAY)
        presentation = make_presentation(self.session)
        presentation.versions.update(upload_link=link)

        self.assertEqual([forget_old_links(NOW), forget_old_links(NOW)], [1, 0])
        self.assertEqual(self.kept(), {(link.pk, "")})
        self.assertEqual(presentation.versions.get().upload_link, link)
