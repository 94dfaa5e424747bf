"""Mail: written into the outbox with what causes it, sent from there by the worker."""

from conference.mail.compose import absolute, put_in_outbox, queue_mail, queue_mail_to_each
from conference.mail.file_backend import FileBackend
from conference.mail.sending import send_due

__all__ = ["FileBackend", "absolute", "put_in_outbox", "queue_mail", "queue_mail_to_each", "send_due"]
