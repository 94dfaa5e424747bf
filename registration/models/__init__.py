"""Attendees: who has a place at an edition and in its workshops."""

from registration.models.allocation import AllocatedPlace, Allocation, FixedPlace
from registration.models.booking import WorkshopBooking
from registration.models.calendar_feed import CalendarFeed
from registration.models.certificate import Certificate, CertificateRule
from registration.models.check_in import CheckIn
from registration.models.claim import Claim
from registration.models.consent_change import ConsentChange
from registration.models.download import Download, ViewCount
from registration.models.feedback import FeedbackPlan, FeedbackQuestion, FeedbackSheet
from registration.models.file_sum import FileSum
from registration.models.group import Group, GroupPlace, GroupPlan
from registration.models.invoice import InvoiceRequest
from registration.models.outcome import Outcome
from registration.models.place import Place, PlaceQuerySet
from registration.models.place_change import PlaceChange
from registration.models.question import Answer, Question, QuestionOption
from registration.models.registration import Registration
from registration.models.registration_type import RegistrationType
from registration.models.round import Preference, Round, RoundWorkshop

__all__ = [
    "AllocatedPlace",
    "Allocation",
    "Answer",
    "CalendarFeed",
    "Certificate",
    "CertificateRule",
    "CheckIn",
    "Claim",
    "ConsentChange",
    "Download",
    "FeedbackPlan",
    "FeedbackQuestion",
    "FeedbackSheet",
    "FileSum",
    "FixedPlace",
    "Group",
    "GroupPlace",
    "GroupPlan",
    "InvoiceRequest",
    "Outcome",
    "Place",
    "PlaceChange",
    "PlaceQuerySet",
    "Preference",
    "Question",
    "QuestionOption",
    "Registration",
    "RegistrationType",
    "Round",
    "RoundWorkshop",
    "ViewCount",
    "WorkshopBooking",
]
