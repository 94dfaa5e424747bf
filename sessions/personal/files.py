"""Presentations with their versions, who is named on them, and what is made of the files."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from conference.privacy import words
from conference.privacy.register import Rule, elsewhere, table
from conference.privacy.words import Basis, Group
from sessions.services.importing.keeping import forget_old, old_files

FILES: dict[str, Any] = {"group": Group.FILES, "basis": Basis.CONTRACT}
COPY: dict[str, Any] = {"until": _("Until what it was made from is deleted."), "not_handed_out": "a copy"}
AS_PUBLISHED = _(
    "What nobody published: until you close your account. What is published stays, with your name or without it, "
    "as you choose then."
)
AS_OPENED = _("You and organisers; once it is approved, those to whom it is open.")

table("conference_sessions.Presentation", of="uploaded_by credits__speaker__user", beside="session edition").keeps(
    "title description kind language licence audience country doi is_practice created_at withdrawn_at",
    what=_("Your presentations and practices: what they are about, under which licence"), **FILES,
    purpose=_("So that others find and use them."), seen_by=AS_OPENED, until=AS_PUBLISHED,
).keeps(
    "uploaded_by", what=_("That you uploaded a presentation"), **FILES,
    purpose=_("So that you can change it, and to ask you about it."), seen_by=words.EDITORS, until=words.UNTIL_NAMELESS,
).plain(
    "guid session edition age_from age_to theme notes_are_shown open_pages opens_at opens_after_session current_file "
    "position updated_at",
    "how it is shown",
)  # fmt: skip

table("conference_sessions.Credit", of="speaker__user", beside="presentation").keeps(
    "speaker name", what=_("Your name as the author, as printed"), **FILES,
    purpose=_("To say whose work it is."), seen_by=words.EVERYBODY, until=words.AS_YOU_CHOOSE,
).plain("presentation position", "which presentation, in which order")  # fmt: skip


def consent_with_name(row: Any) -> dict[str, Any]:
    """Who shares a practice is its first author, whatever organisers add."""
    author = row.presentation.credits.order_by("pk").first()
    said = ("version", "words", "language", "given_at", "name_stays")
    return {name: getattr(row, name) for name in said} | {"name": author.name if author else ""}


table("conference_sessions.PracticeConsent", of="presentation__uploaded_by", beside="presentation").keeps(
    "version words language given_at name_stays",
    what=_("What you agreed to when you shared a practice, and under which name"),
    group=Group.FILES, basis=Basis.CONSENT,
    purpose=_("To prove it, and to do with your name as you wish."), seen_by=words.ORGANISERS,
    until=_("As long as the practice is there."), read=consent_with_name,
).plain("presentation", "which practice")  # fmt: skip

table(
    "conference_sessions.PresentationFile", of="uploaded_by upload_link__speaker__user", beside="presentation number"
).keeps(
    "file link original_name format content_type size created_at uploaded_by upload_link status refusal_reason",
    what=_("The files and links that you uploaded, each version, and what was decided about it"), **FILES,
    purpose=_("To hand your presentation on to those to whom it is open."), seen_by=AS_OPENED, until=AS_PUBLISHED,
).keeps(
    "decided_by decided_at", of="decided_by", what=_("That you approved or refused a presentation"),
    group=Group.WORK, basis=Basis.INTEREST, purpose=_("So that others know whom to ask."),
    seen_by=words.EDITORS, until=words.UNTIL_NAMELESS,
).plain("guid presentation number sha256 preview checked_at damage", "the state of the file")  # fmt: skip

table("conference_sessions.PreviewPage").keeps(
    "title text notes", what=_("Texts and pictures of the pages of a file"), **FILES, **COPY,
    purpose=_("To show and to search them."), seen_by=AS_OPENED,
).plain("preview number width height", "which page")  # fmt: skip
table("conference_sessions.LibraryEntry").keeps(
    "title words description front rest facets", what=_("The index by which your page and presentations are found"),
    **FILES, **COPY, purpose=_("To find them."), seen_by=words.EVERYBODY,
).plain("kind presentation session speaker publication open_pages year", "what the entry is about")  # fmt: skip

elsewhere(
    group=Group.WORK, basis=Basis.CONTRACT, what=_("Lists and timetables that you upload, before you confirm them"),
    purpose=_("To show you what would change."), seen_by=words.YOU,
    until=Rule(
        "forget imports nobody confirmed", _("When you confirm it, or after two hours."), forget_old,
        timedelta(hours=1), lambda at: len(old_files(at)),
    ),
)  # fmt: skip
