"""What a button of the list does to the order: up, down, add, remove; pure."""

from collections.abc import Sequence


def order_after(order: Sequence[int], action: str) -> list[int]:
    """The order once the button was pressed; an unknown button changes nothing."""
    ranking = list(dict.fromkeys(order))
    name, _, number = action.partition(":")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):  # noqa: PLR2004  what a database holds
        return ranking
    pk = int(number)
    if name == "add":
        return ranking if pk in ranking else [*ranking, pk]
    if pk not in ranking:
        return ranking
    place = ranking.index(pk)
    ranking.remove(pk)
    if name == "remove":
        return ranking
    ranking.insert(max(0, place + {"up": -1, "down": 1}.get(name, 0)), pk)
    return ranking


def anchor_of(action: str) -> str:
    """Where the page stands after the button: at the workshop that moved."""
    number = action.partition(":")[2]
    return f"#choice-{number}" if number.isascii() and number.isdecimal() else ""
