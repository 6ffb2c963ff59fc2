"""What a snapshot is as WARC/1.1 records (ISO 28500:2017), the same each time; what it is compared by stands here too."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from uuid import NAMESPACE_URL, UUID, uuid5

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from models.queries import ArchivedPage

VERSION = "WARC/1.1"
CHOICE = "beimwort-choice"  # the field of the warcinfo record that says which snapshots the file holds
# What was undone while fetching is said under another name, as Common Crawl does: the body is stored unpacked.
UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


@dataclass(frozen=True, slots=True)
class Origin:
    """The record that a revisit refers to."""

    uri: str
    at: datetime


def record_id(page: ArchivedPage) -> str:
    """The name of a snapshot's record: the same in every export."""
    return _urn(uuid5(NAMESPACE_URL, f"beimwort:{page.id}:{_date(page.fetched_at)}:{page.sha256}:{page.address}"))


def payload_digest(sha256: str) -> str:
    """A hash as WARC writes it."""
    return "sha256:" + base64.b32encode(bytes.fromhex(sha256)).decode("ascii")


def fingerprint(uri: str, date: str, status_line: str, digest: str) -> bytes:
    """16 bytes that stand for what a record says of its snapshot."""
    return hashlib.blake2b(f"{uri}\n{date}\n{status_line}\n{digest}".encode(), digest_size=16).digest()


def expected_fingerprint(page: ArchivedPage) -> bytes:
    """The fingerprint that the record of a snapshot should have."""
    return fingerprint(_uri(page.final_address), _date(page.fetched_at), _status_line(page.status), payload_digest(page.sha256))


def fingerprint_of(record: ArcWarcRecord) -> bytes:
    """The fingerprint of a response or revisit record."""
    said = record.rec_headers.get_header
    status = record.http_headers.statusline if record.http_headers else ""
    digest = said("WARC-Payload-Digest") or ""
    return fingerprint(said("WARC-Target-URI") or "", said("WARC-Date") or "", status, digest)


class SnapshotWriter:
    """Writes snapshots into an open file, one gzip member a record."""

    def __init__(self, file: object) -> None:
        """Remember the file, which is open for binary writing."""
        self._writer = WARCWriter(file, gzip=True, warc_version=VERSION)
        self._info = ""

    def write_info(self, name: str, fields: Mapping[str, str], now: datetime) -> None:
        """The first record: who wrote the file, with what, and what it holds."""
        self._info = _urn(uuid5(NAMESPACE_URL, f"beimwort:{name}:{_date(now)}"))
        headers = StatusAndHeaders(
            "",
            [
                ("WARC-Type", "warcinfo"),
                ("WARC-Record-ID", self._info),
                ("WARC-Filename", name),
                ("WARC-Date", _date(now)),
            ],
            protocol=VERSION,
        )
        self._write("warcinfo", "", _fields(fields), headers=headers)

    def write(self, page: ArchivedPage, content: bytes, origin: Origin | None) -> None:
        """A snapshot as a response, or with an origin as a revisit of it, and what else is known of it as metadata."""
        identity = record_id(page)
        http = StatusAndHeaders(_status_line(page.status), _headers(page, content), protocol="HTTP/1.1")
        named = {
            "WARC-Record-ID": identity,
            "WARC-Date": _date(page.fetched_at),
            "WARC-Warcinfo-ID": self._info,
        }
        uri, digest = _uri(page.final_address), payload_digest(page.sha256)
        if origin is None:
            record = self._writer.create_warc_record(
                uri,
                "response",
                payload=BytesIO(content),
                length=len(content),
                http_headers=http,
                warc_headers_dict={**named, "WARC-Payload-Digest": digest},
            )
        else:
            record = self._writer.create_revisit_record(
                uri, digest, _uri(origin.uri), _date(origin.at), http_headers=http, warc_headers_dict=named
            )
        self._writer.write_record(record)
        known = {"requested": page.address, "purpose": page.purpose.value, "snapshot": str(page.id)}
        known["last-served"] = _date(page.last_seen_at)
        if page.charset:
            known["charset-announced"] = page.charset
        named = {
            "WARC-Record-ID": _urn(uuid5(NAMESPACE_URL, f"metadata of {identity}")),
            "WARC-Date": _date(page.fetched_at),
            "WARC-Warcinfo-ID": self._info,
            "WARC-Concurrent-To": identity,
        }
        self._write("metadata", uri, _fields(known), named=named)

    def _write(
        self,
        kind: str,
        uri: str,
        content: bytes,
        *,
        named: Mapping[str, str] | None = None,
        headers: StatusAndHeaders | None = None,
    ) -> None:
        record = self._writer.create_warc_record(
            uri,
            kind,
            payload=BytesIO(content),
            length=len(content),
            warc_headers=headers,
            warc_headers_dict=None if named is None else dict(named),
        )
        self._writer.write_record(record)


def _headers(page: ArchivedPage, content: bytes) -> list[tuple[str, str]]:
    served = [
        (f"X-Crawl-{name}" if name.lower() in UNDONE else name, " ".join(str(value).splitlines()))
        for name, value in page.headers.items()
    ]
    return [*served, ("Content-Length", str(len(content)))]


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


def _fields(fields: Mapping[str, str]) -> bytes:
    """As application/warc-fields; a line break in a value would begin another field."""
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in fields.items()).encode()


def _uri(address: str) -> str:
    return "%20".join(address.split())


def _date(moment: datetime) -> str:
    """As WARC/1.1 writes moments: in UTC, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _urn(identity: UUID) -> str:
    return f"<urn:uuid:{identity}>"
