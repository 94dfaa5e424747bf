"""Which objects of registration keep their former states; who got which place has a log of its own (place_log/)."""

from conference.trail.records import track
from registration.models import (
    CertificateRule,
    FeedbackPlan,
    FeedbackQuestion,
    Group,
    GroupPlan,
    Outcome,
    Question,
    QuestionOption,
    Registration,
    RegistrationType,
    Round,
    RoundWorkshop,
)

# Needs and answers are deleted when they are due, so no state keeps them; codes and keys open something.
NOT_OF_A_PERSON = [
    "dietary_needs", "access_needs", "needs_deleted_at", "ticket_code", "badge_said", "badge_printed_at",
    "queue_number",
]  # fmt: skip


def track_registration() -> None:
    track(RegistrationType, edition="edition", linked=["organisations"], left_out=["invitation_key"])
    track(Question, edition="edition", linked=["types"])
    track(QuestionOption, edition="question__edition")
    track(Round, edition="edition", left_out=["salt"])
    track(RoundWorkshop, edition="round__edition")
    track(GroupPlan, edition="session__edition")
    track(Group, edition="plan__session__edition", linked=["facilitators"])
    track(CertificateRule, edition="edition")
    track(FeedbackPlan, edition="edition")
    track(FeedbackQuestion, edition="plan__edition")
    track(Outcome, edition="session__edition", left_out=["contact"])
    track(Registration, edition="edition", person="user", left_out=NOT_OF_A_PERSON)
