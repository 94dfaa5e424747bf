"""What the editor's script says, in the language of the page."""

from django.utils.translation import gettext as _


def script_words() -> dict[str, str]:
    """By key; a name in braces is filled in by the script."""
    return {
        "saved": _("Saved."),
        "saving": _("Saving…"),
        "placed": _("{title}: {place}."),
        "picked": _(
            "{title} picked up, {place}. Arrow keys move it by five minutes or a room, with Shift they change "
            "its length, Page Up and Page Down change the day, Enter saves, Escape puts it back."
        ),
        "put_back": _("{title} put back."),
        "removed": _("{title} taken out of the timetable."),
        "undone": _("Undone."),
        "offline": _("Not saved: the site does not answer. Check your connection and try again."),
        "logged_out": _("Not saved: you are no longer logged in. Load the page again."),
        "forbidden": _("You may not do that."),
        "anyway": _("Do it anyway"),
        "again": _("Try again"),
        "close": _("Close"),
        "changed_by": _("{who}: {words}"),
        "changed": _("The timetable was changed meanwhile."),
        "show_now": _("Show it as it is now"),
        "no_room": _("Whole venue"),
        "overlaps": _("At the same time as something else in this room"),
        "in_conflict": _("conflict"),
        "none_waiting": _("Everything has a time."),
        "none_found": _("Nothing found."),
        "no_conflicts": _("No conflicts."),
        "blocking": _("forbids a release"),
        "cure": _("Change"),
        "show": _("Show"),
        "undo": _("Undo"),
        "is_undone": _("undone"),
        "resize": _("Change the length"),
        "form": _("Form"),
        "seats": _("{seats} places"),
        "copy": _("Copy to all rooms"),
        "remove": _("Take out"),
        "part_of": _("in: {title}"),
    }
