"""Sessions that split into groups: who is dealt where, who facilitates it, and what the group agreed on."""
