"""What the library looks through: one row for everything that can be found, and the words that stand in it.

`sessions.library.index` writes these rows and `sessions.library.search` reads them. The database keeps a full-text
index of the terms beside them by itself (see the migration "search"): a change of LibraryEntry's columns that
makes SQLite copy the table has to make that index again.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.models.presentation import Presentation
from sessions.models.publication import Publication
from sessions.models.session import Session
from speakers.models import Speaker

EXACTLY_ONE = (
    Q(kind="presentation", presentation__isnull=False, session=None, speaker=None, publication=None)
    | Q(kind="session", presentation=None, session__isnull=False, speaker=None, publication=None)
    | Q(kind="speaker", presentation=None, session=None, speaker__isnull=False, publication=None)
    | Q(kind="publication", presentation=None, session=None, speaker=None, publication__isnull=False)
)


class LibraryEntry(models.Model):
    """Terms of one presentation, session, speaker or publication, as `words.index_text` makes them."""

    class Kind(models.TextChoices):
        PRESENTATION = "presentation", _("presentation")
        SESSION = "session", _("session")
        SPEAKER = "speaker", _("speaker")
        PUBLICATION = "publication", _("publication")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    presentation = models.OneToOneField(Presentation, models.CASCADE, related_name="+", null=True)
    session = models.OneToOneField(Session, models.CASCADE, related_name="+", null=True)
    speaker = models.OneToOneField(Speaker, models.CASCADE, related_name="+", null=True)
    publication = models.OneToOneField(Publication, models.CASCADE, related_name="+", null=True)
    title = models.TextField(blank=True)
    words = models.TextField(blank=True)  # people, topics with their other words, levels, country, language …
    description = models.TextField(blank=True)
    front = models.TextField(blank=True)  # the pages everybody sees, a form feed between them
    rest = models.TextField(blank=True)  # the pages after the gate
    open_pages = models.PositiveIntegerField(default=0)  # so many are in `front`
    facets = models.JSONField(default=dict)  # values by facet: {"topic": ["mobility"], "year": ["2024"], …}
    year = models.PositiveIntegerField(default=0)  # newer ones stand before equal ones

    class Meta:
        verbose_name = _("entry of the library")
        verbose_name_plural = _("entries of the library")
        constraints = [models.CheckConstraint(name="entry_is_of_one_thing", condition=EXACTLY_ONE)]

    def __str__(self) -> str:
        return (
            f"{self.kind} {self.presentation_id or self.session_id or self.speaker_id or self.publication_id}"
        )


class LibraryWord(models.Model):
    """A word that stands where everybody may read it: what a typing mistake is compared with."""

    word = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = _("word of the library")
        verbose_name_plural = _("words of the library")

    def __str__(self) -> str:
        return self.word


class LibraryState(models.Model):
    """One row with a token that is new after every change, so that what a process remembers is known to be old."""

    token = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("state of the library")
        verbose_name_plural = _("state of the library")

    def __str__(self) -> str:
        return str(self.token)
