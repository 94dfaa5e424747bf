"""What speakers fill in about their presentations."""

from sessions.forms.details import DetailsForm
from sessions.forms.upload import NewPresentationForm, VersionForm

__all__ = ["DetailsForm", "NewPresentationForm", "VersionForm"]
