"""Every personal field of the register is filled for one person; when the account is closed, nothing is left of any."""

from django.apps import apps
from django.db import models

from conference.accounts.closing import close_account
from conference.models import User
from conference.trail.records import TRACKED
from registration.models import Certificate, FeedbackSheet
from sessions.models import PresentationFile, Publication
from sessions.previews.forgetting import forget_unused
from tests.canary_everywhere import EverywhereCase, not_filled
from tests.registration.test_forgotten import canaries, dump


class EverywhereTests(EverywhereCase):
    def close(self, **wish):
        with self.captureOnCommitCallbacks(execute=True):
            close_account(user=self.ada, **wish)
            forget_unused()  # the worker does so every ten minutes

    def test_every_personal_field_of_the_register_says_something_of_her(self):
        """A new one has to be filled in `tests/canary_everywhere.py`, so that the next tests look for it."""
        self.assertEqual(not_filled(self.ada), [])

    def test_no_word_of_hers_is_left_in_any_table_or_file(self):
        self.close(name_stays=False)

        self.assertEqual(canaries(), [])

    def test_no_code_key_or_network_address_is_left_but_that_of_the_revoked_certificate(self):
        revoked = set(Certificate.objects.filter(registration__user=self.ada).values_list("code", flat=True))
        self.assertLess(revoked, set(self.codes))
        self.assertGreater(len(self.codes), 10)

        self.close(name_stays=False)

        said = [row for rows in dump().values() for row in rows]
        left = {code for code in self.codes if any(code in row for row in said)}
        self.assertEqual(left, revoked)

    def test_nothing_points_to_the_number_that_the_account_had(self):
        number = self.ada.pk
        self.assertGreater(len(pointing_to(number)), 25)

        self.close(name_stays=False)

        self.assertEqual(pointing_to(number), [])
        for kind in TRACKED.values():
            self.assertFalse(kind.history._base_manager.filter(history_user_id=number).exists(), kind.label)

    def test_what_others_said_stays_and_so_does_what_is_public_without_the_name(self):
        self.close(name_stays=False)

        self.assertEqual(Publication.objects.get().editors, "Name withdrawn, Grace")
        names = PresentationFile.objects.filter(presentation=self.slides).values_list(
            "original_name", flat=True
        )
        self.assertEqual(list(names), ["presentation.pdf"])
        self.assertEqual(FeedbackSheet.objects.get().count, 1)

    def test_whose_name_stays_keeps_it_on_publications_and_files(self):
        self.close(name_stays=True)

        self.assertIn("zkanaryz", Publication.objects.get().editors)
        kept = PresentationFile.objects.get(presentation=self.slides).original_name
        self.assertEqual(kept, "zkanaryz-slides.pdf")


def pointing_to(number: int) -> list[str]:
    """Lines of any table, former states included, to this account."""
    lines = [
        (model, field)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model is User
    ]
    return [
        f"{model._meta.label}.{field.name}"
        for model, field in lines
        if model._base_manager.filter(**{field.attname: number}).exists()
    ]
