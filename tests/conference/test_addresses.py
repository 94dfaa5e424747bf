"""An address put together from its pattern is the one that Django's resolver gives."""

from uuid import uuid4

from django.test import SimpleTestCase
from django.urls import reverse, set_script_prefix
from django.utils.translation import override

from conference.addresses import address

ROUTES = [
    ("conference:editions",),
    ("sessions:overview", "large"),
    ("sessions:session", "large", "a-session"),
    ("sessions:presentation", uuid4()),
]


class AddressTests(SimpleTestCase):
    def test_is_what_the_resolver_gives_in_every_language_and_under_a_prefix(self):
        self.addCleanup(set_script_prefix, "/")
        for prefix in ("/", "/100%/"):
            set_script_prefix(prefix)
            for language in ("en", "nl", "en"):
                for name, *words in ROUTES:
                    with self.subTest(name, language=language, prefix=prefix), override(language):
                        self.assertEqual(address(name, *words), reverse(name, args=words))
