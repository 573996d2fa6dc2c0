"""The same store in a bucket, spoken to over real HTTP."""

import hashlib
from collections.abc import Iterator
from typing import Any

import boto3
import httpx
import pytest
import time_machine
from botocore.config import Config
from django.conf import settings
from moto.server import ThreadedMotoServer

from config.env import bucket_origin, file_room
from consent.files.store import FileAltered, FileMissing, delete, put, read, signed_address

BUCKET = "riverbend-files"
BYTES = b"%PDF a signed document"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Any:
    monkeypatch.setenv("POSTERN_S3_ENDPOINT", endpoint)
    monkeypatch.setenv("POSTERN_S3_ACCESS_KEY", "nobody")
    monkeypatch.setenv("POSTERN_S3_SECRET_KEY", "nothing")
    monkeypatch.setenv("POSTERN_S3_REGION", "us-east-1")
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="nobody",
        aws_secret_access_key="nothing",
        config=Config(s3={"addressing_style": "path"}),
    )
    client.create_bucket(Bucket=BUCKET)
    settings.S3_BUCKET = BUCKET
    rooms = {name: file_room(name, tmp_path, BUCKET) for name in settings.FILE_ROOMS}
    settings.STORAGES = settings.STORAGES | rooms
    return client


class TestBucket:
    def test_it_keeps_the_bytes_under_room_practice_and_digest(self, bucket):
        key = put("documents", 9, BYTES, "pdf")
        stored = bucket.get_object(Bucket=BUCKET, Key=f"documents/{key}")["Body"].read()
        assert hashlib.sha256(stored).hexdigest() in key
        assert read("documents", key) == BYTES

    def test_it_keeps_the_same_bytes_once(self, bucket):
        assert put("wall", 9, BYTES, "pdf") == put("wall", 9, BYTES, "pdf")
        assert bucket.list_objects_v2(Bucket=BUCKET, Prefix="wall/")["KeyCount"] == 1

    def test_it_notices_bytes_that_were_exchanged(self, bucket):
        key = put("documents", 9, b"%PDF to be exchanged", "pdf")
        bucket.put_object(Bucket=BUCKET, Key=f"documents/{key}", Body=b"%PDF another")
        with pytest.raises(FileAltered):
            read("documents", key)

    def test_it_says_that_a_file_is_missing(self, bucket):
        key = put("originals", 9, BYTES, "pdf")
        delete("originals", key)
        with pytest.raises(FileMissing):
            read("originals", key)


class TestSignedAddress:
    def test_it_opens_with_the_right_type_and_no_cache(self, bucket):
        answer = httpx.get(signed_address("documents", put("documents", 9, BYTES, "pdf"), 60))
        assert answer.content == BYTES
        assert answer.headers["content-type"] == "application/pdf"
        assert "no-store" in answer.headers["cache-control"]

    def test_it_says_when_it_ends(self, bucket):
        with time_machine.travel("2026-11-23T15:00:00Z", tick=False):
            address = httpx.URL(signed_address("documents", put("documents", 9, b"%PDF 2", "pdf"), 60))
        assert address.params["X-Amz-Expires"] == "60"
        assert address.params["X-Amz-Date"].startswith("20261123T1500")

    def test_its_origin_is_allowed_by_the_content_security_policy(self, bucket, endpoint):
        assert bucket_origin(settings.S3_BUCKET) == [endpoint]
        assert signed_address("documents", put("documents", 9, BYTES, "pdf"), 60).startswith(endpoint)
