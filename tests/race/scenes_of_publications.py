"""Two organisers at the parts of one publication: no position is given twice, and nobody's order is overwritten unseen. See tests/race/overtaking.py."""

from uuid import uuid4

from sessions.models import PublicationPart
from sessions.publications.building import add_part, move_part, order_parts, remove_part, state_of
from tests.race.overtaking import DONE, Scene
from tests.sessions.publications import make_part, make_publication


def book():
    """Three parts, a, b and c, with what shows their order."""
    made = make_publication(slug=uuid4().hex, is_published=False)
    parts = [make_part(made, title=title) for title in "abc"]
    made.refresh_from_db()
    return made, parts, lambda: list(made.parts.order_by("position", "pk").values_list("position", "title"))


def new_part(publication, title):
    return PublicationPart(publication=publication, kind="text", title=title, body="Words")


def adding_two_parts():
    made, _parts, look = book()
    begun = [(0, "a"), (1, "b"), (2, "c")]
    return Scene(
        lambda: add_part(part=new_part(made, "d")),
        lambda: add_part(part=new_part(made, "e")),
        look,
        [
            (DONE, DONE, [*begun, (3, "d"), (4, "e")]),
            (DONE, DONE, [*begun, (3, "e"), (4, "d")]),
        ],
    )


def moving_and_removing_parts():
    _made, (a, b, _c), look = book()
    return Scene(
        lambda: move_part(part=a, up=False),
        lambda: remove_part(part=b),
        look,
        [
            (DONE, DONE, [(0, "a"), (1, "c")]),  # moved first: b, a, c
            (DONE, DONE, [(0, "c"), (1, "a")]),  # removed first: a, c
        ],
    )


def ordering_what_another_ordered():
    made, (a, b, c), look = book()
    seen = state_of(made)
    return Scene(
        lambda: order_parts(publication=made, keys=[c.pk, b.pk, a.pk], seen=seen),
        lambda: order_parts(publication=made, keys=[b.pk, a.pk, c.pk], seen=seen),
        look,
        [
            (DONE, "PublicationChanged", [(0, "c"), (1, "b"), (2, "a")]),
            ("PublicationChanged", DONE, [(0, "b"), (1, "a"), (2, "c")]),
        ],
    )


PARTS = (adding_two_parts, moving_and_removing_parts, ordering_what_another_ordered)
