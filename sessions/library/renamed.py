"""What many things are found by was renamed, moved or taken away: their entries are written anew.

Few at once, in the transaction of the change; many by the worker, within seconds, so that nobody waits for them and no
lock is held for long. Meanwhile they are found by what they said before; who may see them is never taken from
entries, so what is hidden is hidden at once.
"""

from itertools import chain

from django.db import models, transaction
from django.db.models import Q

from conference.content import touch
from conference.models import Edition, Organisation, Task, Theme
from conference.tasks import Progress, ask_for, handles
from sessions.library.index import Keys, Thing, batches, keys_of, renew, write_anew
from sessions.models import Presentation, Publication, Session

KIND = "library entries"
AT_ONCE = 60  # entries that whoever changed something waits for


def reindex_word(word: models.Model) -> None:
    """All that says this topic, competence, level, subject, audience, type or track."""
    reindex_many(*things_with(word))


def things_with(word: models.Model) -> list[Thing]:
    """Ask before the word is deleted, to write them anew after it."""
    relations = (getattr(word, name).all() for name in ("sessions", "presentations") if hasattr(word, name))
    return list(chain(*relations))


def reindex_theme(theme: Theme) -> None:
    of_years = Session.objects.filter(edition__theme=theme)
    theirs = Presentation.objects.filter(Q(theme=theme) | Q(edition__theme=theme))
    reindex_many(*of_years, *theirs, *Publication.objects.filter(themes=theme))


def reindex_edition(edition: Edition) -> None:
    """What stands in it is found by its name, year, theme and tracks, and as far as its pages are open."""
    reindex_many(*edition.sessions.all(), *edition.presentations.all())


def reindex_organisation(organisation: Organisation) -> None:
    """Sessions are found by where their people come from."""
    reindex_many(*Session.objects.filter(appearances__organisation=organisation).distinct())


@transaction.atomic
def reindex_many(*things: Thing) -> None:
    """Call it after the change, in its transaction."""
    keys = {kind: sorted(set(pks)) for kind, pks in keys_of(things).items()}
    if sum(map(len, keys.values())) > AT_ONCE:
        ask_once(keys)
        return
    for kind, batch in batches(keys):
        write_anew(kind, batch)
    renew()  # also where nothing has a new word yet: what is for all levels is for a new one too


def ask_once(keys: Keys) -> None:
    """A task that waits will see this change; while it is locked no worker begins it."""
    waiting = Task.objects.select_for_update(of=("self",), no_key=True)
    if not waiting.filter(kind=KIND, status=Task.Status.WAITING, options={"keys": keys}).exists():
        ask_for(KIND, by=None, keys=keys)


@handles(KIND)
def write_many(progress: Progress) -> None:
    """One transaction for each batch, so that others change things in between; begun anew, it does it all again."""
    keys: Keys = progress.task.options["keys"]
    total, done = sum(map(len, keys.values())), 0
    for kind, batch in batches(keys):
        with transaction.atomic():
            write_anew(kind, batch)
            renew()
        done += len(batch)
        progress.step(done, total)
    touch()
