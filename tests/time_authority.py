"""A time-stamping authority for tests: OpenSSL's own, behind HTTP on this machine."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from consent.evidence.certificates import make_authority, make_time_stamper, pem_of

CONFIG = """[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ordering = no
tsa_name = no
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass
class TimeAuthority:
    """Where it listens, the file with its root, what it does wrong if told to, and how often it was asked."""

    url: str
    root: Path
    asked: list[int] = field(default_factory=list)
    fault: str = ""


@contextmanager
def time_authority(folder: Path, at: datetime) -> Iterator[TimeAuthority]:
    """The authority, running."""
    root = make_authority("Time trust centre", at=at)
    stamper = make_time_stamper(root, "Time trust centre", at=at)
    (folder / "root.pem").write_text(pem_of([root.certificate]), "ascii")
    (folder / "tsa.pem").write_text(pem_of([stamper.certificate]), "ascii")
    (folder / "key.pem").write_text(stamper.key_pem, "ascii")
    (folder / "serial").write_text("01\n", "ascii")
    (folder / "config").write_text(CONFIG.format(folder=folder), "ascii")
    server = _Server(folder)
    authority = server.authority
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    try:
        yield authority
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.authority = TimeAuthority(f"http://127.0.0.1:{self.server_port}/tsa", folder / "root.pem")


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        folder, authority = self.server.folder, self.server.authority
        question = self.rfile.read(int(self.headers["Content-Length"]))
        authority.asked.append(len(question))
        if authority.fault == "500":
            self.send_error(500)
            return
        body = b"<html>Please sign in to the guest network</html>"
        kind = "text/html" if authority.fault == "portal" else "application/timestamp-reply"
        if not authority.fault:
            body = self._reply(folder, question)
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _reply(self, folder: Path, question: bytes) -> bytes:
        (folder / "question").write_bytes(question)
        command = (
            f"openssl ts -reply -config {folder}/config -queryfile {folder}/question -signer {folder}/tsa.pem"
        )
        keys = f"-inkey {folder}/key.pem -chain {folder}/root.pem -out {folder}/answer"
        subprocess.run([*command.split(), *keys.split()], check=True, capture_output=True)
        return (folder / "answer").read_bytes()

    def log_message(self, *args: object) -> None:
        """Nothing."""
