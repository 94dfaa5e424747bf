"""A download is recorded, and the record never stands in the way of the file."""

from django.db import OperationalError, connection
from django.test import TestCase

from registration.models import Download
from tests.factories import make_edition, make_presentation, make_session


def busy_for_downloads(execute, sql, params, many, context):
    """As a database whose lock does not come."""
    if sql.startswith("INSERT") and Download._meta.db_table in sql:
        raise OperationalError("database is locked")
    return execute(sql, params, many, context)


class RecordTests(TestCase):
    def test_a_file_that_cannot_be_counted_now_is_given_all_the_same(self):
        presentation = make_presentation(make_session(make_edition()), content=b"%PDF-1.7 all of it")

        log = self.assertLogs("registration.services.downloads", "WARNING")
        with connection.execute_wrapper(busy_for_downloads), log:
            response = self.client.get(f"/presentations/{presentation.guid}/download/")

        self.assertEqual(b"".join(response.streaming_content), b"%PDF-1.7 all of it")
        self.assertEqual(Download.objects.count(), 0)
