"""What the register says of the tables of this floor, and of those that come with Django and allauth."""

from conference.personal import accounts, elsewhere, mail, others, work

__all__ = ["accounts", "elsewhere", "mail", "others", "work"]
