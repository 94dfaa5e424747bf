"""Who and where: people, organisations, editions and places; the texts and mail of the site."""

from conference.models.bounce import Bounce
from conference.models.closed_account import ClosedAccount
from conference.models.content import ContentVersion
from conference.models.edition import Edition, EditionOrganisation, PartOf
from conference.models.membership import Membership
from conference.models.news import NewsItem
from conference.models.organisation import FormerAddress, Organisation
from conference.models.outbox import Outbox
from conference.models.page import Page, Site
from conference.models.rate_count import RateCount
from conference.models.series import FormerTheme, Series, Theme
from conference.models.task import Task
from conference.models.user import User
from conference.models.venue import Room, Venue

__all__ = [
    "Bounce",
    "ClosedAccount",
    "ContentVersion",
    "Edition",
    "EditionOrganisation",
    "FormerAddress",
    "FormerTheme",
    "Membership",
    "NewsItem",
    "Organisation",
    "Outbox",
    "Page",
    "PartOf",
    "RateCount",
    "Room",
    "Series",
    "Site",
    "Task",
    "Theme",
    "User",
    "Venue",
]
