"""A practice's certificates: made when first needed, replaced without breaking old seals, or the owner's own."""

import subprocess
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from consent.audit.models import LedgerEntry
from consent.evidence.actions import bring_certificate, rotate_certificate, sealing_keys
from consent.evidence.certificates import CertificateRefused, Identity, make_authority, make_seal
from consent.evidence.models import Document, SealCertificate
from consent.evidence.queries import document_bytes, seal_problems
from consent.keys.ring import key_ring
from tests.cast import NOW, Cast, by
from tests.seals import WORKER, sealed_document

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=400)


@pytest.fixture
def cast():
    return Cast()


def keys(cast, at=NOW):
    return sealing_keys(practice=cast.practice, by=WORKER, at=at)


def packed(identity: Identity, password=b"secret", *, chain=True):
    others = list(identity.chain) if chain else None
    encryption = serialization.BestAvailableEncryption(password)
    return pkcs12.serialize_key_and_certificates(
        b"seal", identity.key, identity.certificate, others, encryption
    )


@pytest.fixture(scope="module")
def own():
    authority = make_authority("A trust centre", at=NOW)
    return make_seal(authority, "Riverbend LLC", at=NOW)


class TestTheFirstSeal:
    def test_makes_an_authority_a_seal_and_a_time_stamper_once(self, cast):
        assert keys(cast).row == keys(cast).row
        roles = SealCertificate.objects.values_list("role", flat=True)
        assert sorted(roles) == ["authority", "seal", "time"]
        assert LedgerEntry.objects.filter(event="seal_certificate.added").count() == 3

    def test_makes_them_for_one_practice_alone(self, cast):
        ours = keys(cast)
        theirs = sealing_keys(practice=cast.other_practice, by=WORKER, at=NOW)
        assert ours.authority.fingerprint != theirs.authority.fingerprint

    def test_uses_curves_that_may_sign_documents_and_nothing_else(self, cast):
        certificate = keys(cast).identity.certificate
        uses = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        assert uses.digital_signature
        assert not uses.key_cert_sign
        public = certificate.public_key()
        assert isinstance(public, ec.EllipticCurvePublicKey)
        assert public.curve.name == "secp256r1"

    def test_leaves_no_readable_key_in_the_database(self, cast):
        row = keys(cast).row
        with connection.cursor() as cursor:
            cursor.execute("SELECT key FROM consent_sealcertificate WHERE id = %s", [row.pk])
            (stored,) = cursor.fetchone()
        assert "PRIVATE" not in stored
        assert "BEGIN PRIVATE KEY" in key_ring().open("seal key", stored)


class TestRotation:
    def test_seals_with_a_new_key_and_leaves_old_seals_valid(self, cast):
        before = sealed_document(cast.practice)
        rotate_certificate(practice=cast.practice, by=by(cast.olga), at=LATER)
        after = sealed_document(cast.practice, at=LATER)
        assert before.certificate != after.certificate
        for document in Document.objects.filter(pk__in=[before.pk, after.pk]):
            assert seal_problems(document, document_bytes(document)) == ()

    def test_forgets_the_old_key_and_keeps_its_certificate(self, cast):
        old = keys(cast).row
        rotate_certificate(practice=cast.practice, by=by(cast.olga), at=LATER)
        old.refresh_from_db()
        assert (old.key, old.retired_at) == ("", LATER)
        assert "BEGIN CERTIFICATE" in old.pem

    def test_can_be_neither_undone_nor_used_to_alter_a_certificate(self, cast):
        old = keys(cast).row
        rotate_certificate(practice=cast.practice, by=by(cast.olga), at=LATER)
        for change in ({"retired_at": None}, {"pem": "another"}):
            with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
                SealCertificate.objects.filter(pk=old.pk).update(**change)

    def test_of_the_key_ring_leaves_the_key_readable(self, cast, settings):
        from consent.keys.ring import rotate

        before = keys(cast).identity.fingerprint
        rotate(settings.KEYS_FILE)
        assert keys(cast).identity.fingerprint == before


class TestTheOwnersOwnCertificate:
    def test_seals_from_then_on(self, cast, own):
        row = bring_certificate(
            practice=cast.practice, data=packed(own), password="secret", by=by(cast.olga), at=NOW
        )
        document = sealed_document(cast.practice)
        assert document.certificate == row
        assert row.brought
        assert seal_problems(document, document_bytes(document)) == ()

    def test_is_refused_with_a_wrong_password(self, cast, own):
        with pytest.raises(CertificateRefused, match="does not open"):
            bring_certificate(
                practice=cast.practice, data=packed(own), password="wrong", by=by(cast.olga), at=NOW
            )

    def test_is_refused_without_the_chain_to_its_root(self, cast, own):
        with pytest.raises(CertificateRefused, match="whole chain"):
            bring_certificate(
                practice=cast.practice,
                data=packed(own, chain=False),
                password="secret",
                by=by(cast.olga),
                at=NOW,
            )

    def test_is_refused_before_and_after_its_time(self, cast, own):
        for at in (NOW - timedelta(days=1), NOW + timedelta(days=4000)):
            with pytest.raises(CertificateRefused, match="not valid today"):
                bring_certificate(
                    practice=cast.practice, data=packed(own), password="secret", by=by(cast.olga), at=at
                )

    def test_is_refused_the_second_time(self, cast, own):
        given = {"practice": cast.practice, "data": packed(own), "password": "secret"}
        bring_certificate(**given, by=by(cast.olga), at=NOW)
        with pytest.raises(CertificateRefused, match="in use already"):
            bring_certificate(**given, by=by(cast.olga), at=NOW)


class TestTheCommand:
    def test_prints_the_authority_that_others_verify_with(self, cast, capsys, tmp_path):
        assert cast.practice
        file = tmp_path / "authority.pem"
        call_command("seal_certificate", "riverbend", "--export", str(file))
        fingerprint = keys(cast).authority.fingerprint
        assert fingerprint in capsys.readouterr().out
        told = subprocess.run(
            ["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in", str(file)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        assert told.strip().rpartition("=")[2].replace(":", "").lower() == fingerprint

    def test_takes_the_owners_own_and_turns_back(self, cast, own, tmp_path, capsys):
        file, password = tmp_path / "own.p12", tmp_path / "password"
        file.write_bytes(packed(own))
        password.write_text("secret\n")
        call_command(
            "seal_certificate", cast.practice.slug, "--bring", str(file), "--password-file", str(password)
        )
        assert SealCertificate.objects.get(role="seal").brought
        call_command("seal_certificate", cast.practice.slug, "--rotate")
        assert not SealCertificate.objects.get(role="seal", retired_at=None).brought
        assert "Sealing with" in capsys.readouterr().out

    def test_says_what_is_wrong(self, cast, tmp_path):
        for arguments in (["nowhere"], [cast.practice.slug, "--bring", str(tmp_path / "none")]):
            with pytest.raises(CommandError):
                call_command("seal_certificate", *arguments)
