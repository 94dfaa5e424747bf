"""Write a mail into the outbox, and send what waits there."""

from django.core.mail.backends.filebased import EmailBackend


class FileBackend(EmailBackend):
    """Mail as files in the data folder, one per message."""
