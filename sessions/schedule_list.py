"""The editor's state as a list for people without its script: the slots of a day, what waits, found by words."""

from collections.abc import Mapping
from typing import Any


def list_of(state: dict[str, Any], asked: Mapping[str, str]) -> dict[str, Any]:
    """The day that was asked for, or the first; items are narrowed to those that hold every word of `q`."""
    days = [day["date"] for day in state["days"]]
    day = asked.get("day", "") if asked.get("day") in days else days[0]
    query, view = asked.get("q", "")[:200], asked.get("view")
    rooms = {room["pk"]: room["name"] for room in state["rooms"]}
    troubled = set(state["troubled"])
    items = [
        {**item, "room_name": rooms.get(item["room"], ""), "is_troubled": item["slot"] in troubled}
        for item in state["items"]
        if item["day"] == day and holds(item, query)
    ]
    where = {item["slot"]: item["day"] for item in state["items"]}
    return {
        "day": day,
        "query": query,
        "view": view if view in ("list", "grid") else "",  # empty: by the width of the screen
        "items": items,
        "waiting": [item for item in state["waiting"] if holds(item, query)],
        "conflicts": [
            {**conflict, "jumps": [(guid, where[guid]) for guid in conflict["slots"] if guid in where]}
            for conflict in state["conflicts"]
        ],
    }


def holds(item: dict[str, Any], query: str) -> bool:
    text = f"{item['title']} {item['people']} {item['label']} {item['number'] or ''}".casefold()
    return all(word in text for word in query.casefold().split())
