"""What organisers edit on the ground floor. Editions are registered on the top floor, with all their parts."""

from conference.admin import organisations, outbox, pages, series, tasks, users, venues

__all__ = ["organisations", "outbox", "pages", "series", "tasks", "users", "venues"]
