"""The ticket of a registration: its code as a picture, its entry for a calendar, and both enclosed in mails."""
