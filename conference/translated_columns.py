"""Translated texts in queries: the columns that hold them, and the one that a visitor reads."""

from django.conf import settings
from django.db.models import CharField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language


def in_languages(*paths: str) -> list[str]:
    """The columns of these fields, to be read with only(): the field's own and one for each language."""
    endings = ["", *(f"_{code}" for code, _name in settings.LANGUAGES)]
    return [f"{path}{ending}" for path in paths for ending in endings]


def columns(*paths: str) -> list[str]:
    """The columns of these fields, one for each language."""
    return [f"{path}_{code}" for path in paths for code, _name in settings.LANGUAGES]


def in_language(*paths: str) -> Coalesce:
    """The first of these translated columns that is filled: in the language asked for, else in the original."""
    asked = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    codes = dict.fromkeys([asked, *(code for code, _name in settings.LANGUAGES)])
    columns = [f"{path}{ending}" for path in paths for ending in [*(f"_{code}" for code in codes), ""]]
    filled = [NullIf(column, Value(""), output_field=CharField()) for column in columns]
    return Coalesce(*filled, Value(""), output_field=CharField())
