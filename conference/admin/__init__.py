"""What organisers edit on the ground floor. Editions are registered on the top floor, with all their parts."""

from conference.admin import news, organisations, outbox, pages, series, tasks, users, venues

__all__ = ["news", "organisations", "outbox", "pages", "series", "tasks", "users", "venues"]
