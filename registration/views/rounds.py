"""Put the workshops of a round in one's order, and see what came of it."""

from allauth.core.ratelimit import respond_429
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conference import clock
from conference.editions import edition_of
from conference.limits import is_too_often
from conference.models import Edition
from registration.exceptions import Refusal
from registration.models import Registration, Round
from registration.rounds.board import board_of
from registration.rounds.ordering import anchor_of, order_after
from registration.rounds.outcome import data_of, outcome_of, own_outcome
from registration.services.ranking import fingerprint, save_ranking
from registration.views.busy import answer_when_busy
from registration.views.person import active_of

MOST_CHOICES = 200  # a form with more is not ours


@never_cache
@login_required
@answer_when_busy
def rank(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """The list with its buttons, each of which saves; once published, what the person got and why."""
    where = edition_of(request, edition)
    round_, registration = ranked_round(where, pk), active_of(request, where)
    if registration is None:
        raise Http404
    if round_.published_at:
        context = own_outcome(registration, round_)
        return render(request, "registration/rounds/mine.html", context)
    if request.method != "POST":
        return shown(request, registration, round_)
    if is_too_often(request, "rank"):
        return respond_429(request)
    return saved(request, registration, round_)


def ranked_round(edition: Edition, pk: int) -> Round:
    round_ = get_object_or_404(edition.rounds.filter(way=Round.Way.RANKED), pk=pk)  # type: ignore[attr-defined]
    round_.edition = edition
    return round_


def shown(request: HttpRequest, registration: Registration, round_: Round, **more: object) -> HttpResponse:
    at = clock.now()
    context: dict[str, object] = {"board": board_of(registration, round_), "registration": registration}
    context |= {"is_open": round_.is_open(at), "is_over": round_.is_over(at), **more}
    status = 409 if more else 200
    return render(request, "registration/rounds/rank.html", context, status=status)


def saved(request: HttpRequest, registration: Registration, round_: Round) -> HttpResponse:
    """Saved as a whole, or refused with the order kept as it was sent."""
    sent = request.POST.getlist("order")[:MOST_CHOICES]
    order = order_after([int(pk) for pk in sent if is_number(pk)], request.POST.get("action", ""))
    is_script = request.headers.get("Accept") == "application/json"
    try:
        kept = save_ranking(
            registration=registration, round_=round_, ranking=order, seen=request.POST.get("seen", "")
        )
    except Refusal as refusal:
        if is_script:
            return JsonResponse({"refusal": str(refusal)}, status=409)
        more = {"refusal": refusal, "board": board_of(registration, round_, order)}
        return shown(request, registration, round_, **more)
    if is_script:
        return JsonResponse({"seen": fingerprint(kept), "ranked": len(kept)})
    address = reverse("registration:rank", args=[round_.edition.slug, round_.pk])
    return redirect(address + anchor_of(request.POST.get("action", "")))


def is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 19  # noqa: PLR2004  what a database holds


@require_safe
def result(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """For everybody: how many got what, and how to recompute it."""
    round_ = published_round(request, edition, pk)
    return render(request, "registration/rounds/result.html", outcome_of(round_))


@require_safe
def data(request: HttpRequest, edition: str, pk: int) -> HttpResponse:
    """What the allocation was given and what it said, without anybody's name."""
    round_ = published_round(request, edition, pk)
    response = JsonResponse(data_of(round_), json_dumps_params={"indent": 1, "ensure_ascii": False})
    name = f"{round_.edition.slug}-round-{round_.pk}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def published_round(request: HttpRequest, edition: str, pk: int) -> Round:
    round_ = ranked_round(edition_of(request, edition), pk)
    if not round_.published_at:
        raise Http404
    return round_
