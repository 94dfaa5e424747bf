"""An edition that is over and asks for feedback, and people who give some."""

from datetime import timedelta

from django.utils import timezone

from registration.models import FeedbackPlan, FeedbackQuestion
from registration.services.feedback import give_feedback
from tests.factories import (
    make_booking,
    make_edition,
    make_registration,
    make_release,
    make_session,
    make_slot,
    make_workshop,
)


class AskedEdition:
    """Mixed into a test case: `self.edition` with a talk, a workshop, and questions about both and the whole."""

    @classmethod
    def make(cls):
        today = timezone.localdate()
        cls.edition = make_edition(slug="ed", starts_on=today - timedelta(days=1), ends_on=today)
        cls.talk = make_session(cls.edition, "A talk", slug="talk")
        cls.workshop = make_workshop(cls.edition, "A workshop", slug="lab")
        cls.release = make_release(cls.edition)
        cls.end = timezone.now() - timedelta(hours=2)
        for session in (cls.talk, cls.workshop):
            make_slot(session, cls.end - timedelta(hours=1), release=cls.release)
        cls.plan = FeedbackPlan.objects.create(
            edition=cls.edition, closes_at=timezone.now() + timedelta(days=7)
        )
        cls.scale = cls.ask("How useful was it?")
        cls.choice = cls.ask("How long was it?", kind="choice", options="Too short\nRight\nToo long")
        cls.text = cls.ask("What would you change?", kind="text")
        cls.whole = cls.ask("How was the whole?", about="edition")

    @classmethod
    def ask(cls, label, **fields):
        return FeedbackQuestion.objects.create(plan=cls.plan, label=label, **fields)

    def person(self, name="Ada", *, booked=True):
        registration = make_registration(name, self.edition)
        if booked:
            make_booking(registration, self.workshop)
        return registration

    def give(self, registration, session=None, *, of_whole=False, at=None, **answers):
        """Answers by the name of the question here."""
        said = {getattr(self, name).pk: words for name, words in answers.items()}
        about = None if of_whole else (session or self.talk)
        give_feedback(registration=registration, plan=self.plan, session=about, answers=said, at=at)

    def crowd(self, *scales, session=None, **answers):
        """One person for each number, who gives that one."""
        for number, scale in enumerate(scales):
            self.give(self.person(f"P{number}"), session, scale=str(scale), **answers)
