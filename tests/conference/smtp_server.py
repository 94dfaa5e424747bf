"""A mail server of forty lines on loopback, that can be told to misbehave."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Conversation(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say(self.server.greeting)
        while command := self.rfile.readline().decode().strip():
            verb = command.split(":")[0].split(" ")[0].upper()
            if verb == "QUIT":
                return self.say("221 bye")
            if verb == "RCPT":
                self.say(self.server.answer_to_recipient)
            elif verb == "DATA":
                self.read_mail()
            else:
                self.say("250 ok")
        return None

    def read_mail(self) -> None:
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        self.server.mails.append(b"".join(lines))
        self.server.is_freed.wait(self.server.silent_for)
        self.say(self.server.answer_to_data)


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    greeting = "220 hello"
    answer_to_recipient = answer_to_data = "250 ok"
    silent_for = 0.0  # seconds, after it took a mail

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mails: list[bytes] = []
        self.is_freed = threading.Event()


@contextmanager
def smtp_server(**answers: str | float) -> Iterator[Server]:
    with Server() as server:
        for name, answer in answers.items():
            setattr(server, name, answer)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.is_freed.set()
        server.shutdown()
