"""Who is told when a night ends red: addresses on this machine, as GUANXI_ALERT names them, and what they were told."""

import email
import email.policy
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from socketserver import StreamRequestHandler, TCPServer


@contextmanager
def webhook() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A hook's address, and what was told: titles and messages."""
    told: list[tuple[str, str]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            told.append((said["title"], said["message"]))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with _serving(Hook) as host:
        yield f"json://{host}", told


@contextmanager
def mailbox() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """A mail server's address, and what was told: subjects and texts."""
    told: list[tuple[str, str]] = []

    class Server(StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 here")
            while (word := self.rfile.readline().strip().upper()) not in (b"", b"QUIT"):
                self._say("354 go on" if word == b"DATA" else "250 well")
                if word == b"DATA":
                    # a dot that begins a line is sent twice (RFC 5321, 4.5.2)
                    lines = (line.removeprefix(b".") for line in iter(self.rfile.readline, b".\r\n"))
                    mail = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                    told.append((mail["subject"], "\n".join(mail.get_body(("plain",)).get_content().splitlines())))
                    self._say("250 taken")
            self._say("221 done")

        def _say(self, line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

    with _serving(Server) as host:
        yield f"mailto://{host}?from=night@here.example&to=you@here.example&mode=insecure", told


@contextmanager
def _serving(handler: type[StreamRequestHandler]) -> Iterator[str]:
    """Host and port of a server on this machine."""
    with TCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
