"""What an organiser sees of a round: who has chosen, the results so far, one of them in full, and what publishing does."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.dates import date_format
from registration.models import AllocatedPlace, Allocation, FixedPlace, Preference, Round
from registration.rounds.comparing import Change, changes_between
from registration.rounds.explaining import Explainer
from registration.rounds.outcome import filled_in, problem_of, ranks_in, result_of, titles_in
from registration.rounds.posing import person_id, wishes_of
from registration.rounds.words import missed_words, place_words
from registration.services.allocating import is_outdated

PER_PAGE = 50
Reason = AllocatedPlace.Reason


def page_of(round_: Round, asked: Mapping[str, str]) -> dict[str, Any]:
    runs = list(round_.allocations.select_related("by"))  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "round": round_,
        "runs": [{"run": run, "ranks": ranks_in(run), "nowhere": nowhere_in(run)} for run in runs],
        "chosen": people_who_chose(round_),
        "is_open": round_.is_open() and not round_.published_at,
        "is_over": round_.is_over(),
        "choices": list(round_.choices.select_related("workshop")),  # type: ignore[attr-defined]
        "fixed": list(FixedPlace.objects.filter(round=round_).select_related("registration__user", "choice__workshop", "by")),
    }  # fmt: skip
    wanted = asked.get("run", "")
    run = next((one for one in runs if str(one.number) == wanted), runs[0] if runs else None)
    return context | (run_in_full(run, runs, asked) if run else {})


def people_who_chose(round_: Round) -> int:
    chosen = Preference.objects.filter(choice__round=round_, registration__status="confirmed")
    return chosen.order_by().values("registration").distinct().count()


def nowhere_in(run: Allocation) -> int:
    return run.places.filter(choice=None).count()  # type: ignore[attr-defined,no-any-return]


def run_in_full(run: Allocation, runs: list[Allocation], asked: Mapping[str, str]) -> dict[str, Any]:
    before = next((one for one in runs if one.number < run.number), None)
    changes = changes_between(before, run) if before else {}
    show, text = asked.get("show", "lower"), asked.get("q", "").strip()
    rows = shown(run, show, text, changes)
    page = Paginator(rows, PER_PAGE).get_page(asked.get("page"))
    return {
        "run": run,
        "ranks": ranks_in(run),
        "nowhere": nowhere_in(run),
        "filled": filled_in(run),
        "is_outdated": not run.round.published_at and is_outdated(run),
        "before": before,
        "compared": compared_words(changes),
        "show": show,
        "q": text,
        "shows": SHOWS(),
        "people_page": page,
        "people": explained(run, list(page.object_list), changes),
    }


def SHOWS() -> list[tuple[str, str]]:  # noqa: N802  a constant in the language of the reader
    return [
        ("lower", _("not their first choice")),
        ("nowhere", _("without a place")),
        ("fixed", _("fixed by an organiser")),
        ("changed", _("changed since the result before")),
        ("all", _("everybody")),
    ]


def shown(run: Allocation, show: str, text: str, changes: dict[int, Change]) -> QuerySet[AllocatedPlace]:
    rows = AllocatedPlace.objects.filter(allocation=run).select_related(
        "registration__user", "choice__workshop"
    )
    if text:
        rows = rows.filter(
            Q(registration__user__name__icontains=text) | Q(registration__reference=text.upper())
        )
    elif show.startswith("workshop:") and show[9:].isdecimal() and len(show) < 27:  # noqa: PLR2004
        rows = rows.filter(choice=int(show[9:]))
    else:
        filters = {
            "nowhere": Q(choice=None),
            "fixed": Q(reason=Reason.FIXED),
            "changed": Q(registration__in=list(changes)),
            "all": Q(),
        }
        rows = rows.filter(filters.get(show, Q(choice=None) | Q(rank__gt=1)))
    return rows.order_by(F("rank").desc(nulls_first=True), "registration__user__name", "pk")


def explained(
    run: Allocation, rows: list[AllocatedPlace], changes: dict[int, Change]
) -> list[dict[str, Any]]:
    """Each person with what they got, why nothing better, and what changed."""
    explainer = Explainer(problem_of(run), result_of(run))
    titles, wishes = titles_in(run.round), wishes_of(run.round)
    fixed = set(FixedPlace.objects.filter(round=run.round).values_list("registration", flat=True))
    people = []
    for row in rows:
        wanted = [str(pk) for pk in wishes.get(row.registration_id, [])]
        missed = explainer.missed(person_id(run.round, row.registration), wanted)
        change = changes.get(row.registration_id)
        people.append(
            {
                "place": row,
                "words": place_words(row),
                "missed": [missed_words(one, titles) for one in missed],
                "change": change.words if change else "",
                "is_fixed": row.registration_id in fixed,
            }
        )
    return people


def compared_words(changes: dict[int, Change]) -> list[str]:
    counts = Counter(change.kind for change in changes.values())
    words = {
        "better": ngettext("%(count)s person has a better place", "%(count)s people have a better place", counts["better"]),
        "worse": ngettext("%(count)s person has a worse place", "%(count)s people have a worse place", counts["worse"]),
        "placed": ngettext("%(count)s person has a place now", "%(count)s people have a place now", counts["placed"]),
        "lost": ngettext("%(count)s person has none any more", "%(count)s people have none any more", counts["lost"]),
        "other": ngettext("%(count)s person has another place", "%(count)s people have another place", counts["other"]),
        "gone": ngettext("%(count)s person is no longer in it", "%(count)s people are no longer in it", counts["gone"]),
    }  # fmt: skip
    return [text % {"count": counts[kind]} for kind, text in words.items() if counts[kind]]


def publishing_lines(round_: Round, allocation: Allocation | None) -> tuple[list[str], bool]:
    """What publishing this would do, and whether it is possible now."""
    if round_.published_at:
        return [_("The result of this round is published already.")], False
    if allocation is None:
        return [_("Nothing is computed yet.")], False
    if not round_.is_over() or not round_.closes_at or allocation.created_at < round_.closes_at:
        text = _(
            "This was computed while people could still change their choice. Compute it again after the round closed."
        )
        return [text], False
    mails = allocation.places.filter(registration__status="confirmed").count()  # type: ignore[attr-defined]
    booked = allocation.places.filter(choice__isnull=False).count()  # type: ignore[attr-defined]
    moment = date_format(allocation.created_at.astimezone(round_.edition.zone), "j F Y, H:i T")
    text = _("Result %(number)s, computed on %(moment)s.")
    lines = [text % {"number": allocation.number, "moment": moment}]
    text = ngettext("%(count)s person gets a place.", "%(count)s people get a place.", booked)
    lines.append(text % {"count": booked})
    text = ngettext(
        "%(count)s mail leaves: one for each person who chose or was placed.",
        "%(count)s mails leave: one for each person who chose or was placed.",
        mails,
    )
    lines.append(text % {"count": mails})
    lines += [
        _("“%(title)s” is cancelled in public: it would have too few people.") % {"title": row.workshop.title}
        for row in filled_in(allocation)
        if row.is_closed
    ]
    if is_outdated(allocation):
        lines.append(_("Since then somebody cancelled, took another place, or something was changed by hand. You may publish nevertheless: who cannot have the place is left out. Or compute again first."))  # fmt: skip
    lines.append(_("This cannot be taken back. What is left is then given first come, first served."))
    return lines, True
