"""An edition with people of every circle, and letters to them."""

from django.test import TestCase

from conference.models import Outbox
from registration.letters import sending
from registration.letters.audience import Audience, people_of
from registration.models import Letter
from tests.factories import make_edition, make_organiser, make_registration, make_user


def make_letter(edition, audience=None, **fields):
    fields = {
        "subjects": {"en": "News of {edition}", "nl": "Nieuws van {edition}"},
        "texts": {"en": "Dear {name},", "nl": "Beste {name},"},
        **fields,
    }
    audience = audience or Audience(attendees=True, statuses=["confirmed"])
    return Letter.objects.create(edition=edition, audience=audience.as_options(), **fields)


class LetterCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.olga = make_organiser()
        cls.edition = make_edition()
        cls.ada = make_registration("Ada", cls.edition)
        cls.ben = make_registration(edition=cls.edition, user=make_user("Ben", language="nl"))

    def names(self, is_news=False, **circles):
        return [one.name for one in self.found(is_news, **circles).readers]

    def found(self, is_news=False, **circles):
        return people_of(self.edition, Audience(**circles), is_news=is_news)

    def send(self, letter):
        found = people_of(letter.edition, Audience.of(letter.audience), is_news=letter.is_news)
        return sending.send(letter=letter, by=self.olga, seen=sending.state_of(letter, len(found.readers)))

    def write_all(self, at=None):
        while sending.write_next(at):
            pass

    def recipients(self):
        return sorted(Outbox.objects.values_list("recipient", flat=True))
