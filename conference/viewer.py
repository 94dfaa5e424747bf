"""Who is looking: facts that the rules of other apps ask about, never rules themselves."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Viewer:
    """A person before the site; anonymous without a user id."""

    user_id: int | None = None
    is_organiser: bool = False
    editions_confirmed: frozenset[int] = field(default_factory=frozenset)
    editions_attended: frozenset[int] = field(default_factory=frozenset)


ANONYMOUS = Viewer()
