"""`manage.py seal_certificate`: the certificate that a practice's documents are sealed with."""

import getpass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from consent.access.models import Practice
from consent.audit.rules import SYSTEM
from consent.evidence.actions import bring_certificate, rotate_certificate, sealing_keys
from consent.evidence.certificates import CertificateRefused, pem_of


class Command(BaseCommand):
    help = "Show, replace or bring the certificate that a practice's documents are sealed with."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("practice", metavar="SLUG")
        act = parser.add_mutually_exclusive_group()
        act.add_argument("--rotate", action="store_true", help="seal with a new key of the practice's own")
        act.add_argument("--bring", metavar="FILE", help="seal with your own certificate (PKCS#12)")
        parser.add_argument(
            "--password-file", metavar="FILE", help="the password of --bring; asked for otherwise"
        )
        parser.add_argument("--export", metavar="FILE", help="write the root that others verify with (PEM)")

    def handle(self, *args: Any, **options: Any) -> None:
        practice = Practice.objects.filter(slug=options["practice"]).first()
        if practice is None:
            raise CommandError(f"There is no practice {options['practice']!r}.")
        at = timezone.now()
        try:
            if options["rotate"]:
                rotate_certificate(practice=practice, by=SYSTEM, at=at)
            elif options["bring"]:
                bring_certificate(
                    practice=practice,
                    data=Path(options["bring"]).read_bytes(),
                    password=_password(options["password_file"]),
                    by=SYSTEM,
                    at=at,
                )
            keys = sealing_keys(practice=practice, by=SYSTEM, at=at)
        except (CertificateRefused, OSError) as error:
            raise CommandError(str(error)) from error
        certificate = keys.identity.certificate
        root = (keys.identity.chain or (certificate,))[-1]
        if options["export"]:
            Path(options["export"]).write_text(pem_of([root]), "ascii")
        self.stdout.write(
            f"Sealing with {certificate.subject.rfc4514_string()},"
            f" good until {certificate.not_valid_after_utc:%Y-%m-%d},\n"
            f"  SHA-256 {keys.identity.fingerprint}\n"
            f"vouched for by {root.subject.rfc4514_string()},\n"
            f"  SHA-256 {root.fingerprint(SHA256()).hex()}"
        )


def _password(file: str | None) -> str:
    return Path(file).read_text("utf-8").strip() if file else getpass.getpass("Password of the file: ")
