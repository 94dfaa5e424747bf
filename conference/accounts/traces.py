"""What an account leaves in mail, history, sessions and files of tasks: gone, or without the person."""

import json
import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.html import escape

from conference.models import Bounce, Outbox, Task, User
from conference.tasks import delete_file
from conference.trail.erasing import erase_person, texts_kept

NOBODY = "–"
SHORTEST = 2  # letters of a name that is looked for in what was written to others


def addresses_of(user: User) -> list[str]:
    known = user.emailaddress_set.values_list("email", flat=True)  # type: ignore[attr-defined]
    return sorted({user.email.lower(), *(email.lower() for email in known)})


def erase_traces(user: User) -> None:
    """Call it last: what others are told by then is searched too."""
    addresses = addresses_of(user)
    Outbox.objects.filter(recipient__in={user.email, *addresses}).delete()
    # After the mails: one that is on its way may be refused just now.
    Bounce.objects.filter(address__in=addresses).delete()
    erase_words([user.name, *addresses], besides=user)
    leave_history(user)
    end_sessions(user, addresses)
    forget_tasks(Task.objects.filter(by=user))
    cache.delete(f"told-owner:{user.pk}")


def erase_words(words: Iterable[str], *, besides: User) -> None:
    """These names and addresses from mails to others and from the history, where they stand as whole words.

    What is written to somebody of the same name speaks of them; in the history nobody can tell, so it stays.
    """
    for word in words:
        if len(word.strip()) < SHORTEST:
            continue
        namesakes = User.objects.filter(name__iexact=word, is_active=True).exclude(pk=besides.pk)
        mails = Outbox.objects.exclude(recipient__in=namesakes.values("email"))
        erase_word(mails, word, ["subject", "text", "html", "last_error"])
        if not namesakes.exists():
            erase_word(LogEntry.objects.all(), word, ["object_repr", "change_message"])


def erase_word(rows: QuerySet[Any], word: str, fields: list[str]) -> None:
    forms = {word, escape(word), json.dumps(word)[1:-1]}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(forms)))})(?!\w)", re.IGNORECASE)
    found = Q()
    for field in fields:
        for form in forms:
            found |= Q(**{f"{field}__icontains": form})
    for row in rows.filter(found):
        for field in fields:
            if said := getattr(row, field):
                setattr(row, field, pattern.sub(NOBODY, said))
        row.save(update_fields=fields)


def erase_address(address: str, *, besides: User) -> None:
    """One that is no address of an account: what was sent there, that it refused mail, and where it is named."""
    Outbox.objects.filter(recipient__iexact=address).delete()
    Bounce.objects.filter(address__iexact=address).delete()
    erase_words([address], besides=besides)


def erase_former_states(key: int, words: Iterable[str]) -> None:
    """Once the account is gone, which itself leaves a state of what was deleted."""
    erase_person(key)
    erase_in_former_states(words)


def erase_in_former_states(words: Iterable[str]) -> None:
    """From texts of former states, unless somebody else is called so."""
    for word in words:
        if (
            len(word.strip()) >= SHORTEST
            and not User.objects.filter(name__iexact=word, is_active=True).exists()
        ):
            for rows, columns in texts_kept():
                erase_word(rows, word, columns)


def leave_history(user: User) -> None:
    """What the person did stays written down, but not that it was they; of what was done to them, that it was done."""
    own = LogEntry.objects.filter(user=user)
    if own.exists():
        own.update(user=User.objects.create_stand_in(NOBODY))
    erase_names_of([user])


def erase_names_of(rows: Iterable[Model]) -> None:
    """How the history calls these."""
    for row in rows:
        kind = ContentType.objects.get_for_model(row)
        LogEntry.objects.filter(content_type=kind, object_id=str(row.pk)).update(object_repr=NOBODY)


def end_sessions(user: User, addresses: list[str]) -> None:
    """Everywhere, and where somebody was only asked for the code that goes to this address."""
    for session in Session.objects.all().iterator():
        held = session.get_decoded()
        said = json.dumps(held, default=str).lower()
        if held.get("_auth_user_id") == str(user.pk) or any(address in said for address in addresses):
            session.delete()


def forget_tasks(tasks: QuerySet[Task]) -> None:
    """With their files, as soon as it is certain."""
    for task in tasks:
        transaction.on_commit(partial(delete_file, task))
    tasks.delete()
