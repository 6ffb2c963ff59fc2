"""Undoing a compression that nobody asked for, piece by piece and never beyond a limit: a few bytes can become gigabytes."""

import zlib
from collections.abc import Iterable

from scrapers.trouble import FetchError

GZIP = frozenset({"gzip", "x-gzip"})
KNOWN = GZIP | {"deflate"}
PLAIN = frozenset({"", "identity"})
MOST_PARTS = 100  # gzip files in a row that one body may consist of


class Unpacker:
    """Takes a body as it comes over the wire and holds what it means, at most `limit` bytes.

    A body beyond the limit raises `FetchError`, or is cut there with `cut`. Two compressions over each other are refused: there
    is no honest reason for them.
    """

    def __init__(self, address: str, encodings: Iterable[str], limit: int, *, cut: bool = False) -> None:
        """Prepare for the values of all Content-Encoding headers. Raises `FetchError` for one that we do not read."""
        names = [name for value in encodings for part in value.split(",") if (name := part.strip().lower()) not in PLAIN]
        if len(names) > 1 or not KNOWN.issuperset(names):
            raise FetchError(
                "bad_encoding", f"{address} is encoded as {', '.join(names)!r}, which we did not ask for and do not read."
            )
        self.address = address
        self.limit = limit
        self.cut = cut
        self.content = bytearray()
        self.full = False  # whatever comes is not needed any more
        self._name = names[0] if names else ""
        self._unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if self._name in GZIP else None
        self._ahead = b""  # of a body called deflate, until its first two bytes are there
        self._fed = False
        self._parts = 0

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the wire. Raises `FetchError` for damage and beyond the limit."""
        if not self._name:
            self._keep(data)
            return
        self._fed = True
        if self._unpack is None:
            data = self._ahead + data
            if len(data) < 2:  # noqa: PLR2004  the two bytes that tell both forms of deflate apart
                self._ahead = data
                return
            self._ahead, self._unpack = b"", zlib.decompressobj(zlib.MAX_WBITS if _is_zlib(data) else -zlib.MAX_WBITS)
        while data and not self.full:
            data = self._feed(data)

    def close(self) -> bytes:
        """The whole content. Raises `FetchError` if a compressed body ends too early; one that never began is empty."""
        if not self.full and (self._ahead or (self._fed and self._unpack is not None and not self._unpack.eof)):
            raise FetchError("bad_encoding", f"{self.address} is damaged: it ends before its compressed content does.")
        return bytes(self.content)

    def _feed(self, data: bytes) -> bytes:
        """Unpack one piece; gives what is left of it."""
        assert self._unpack is not None
        if self._unpack.eof:
            if self._name not in GZIP:
                return b""  # what follows the end is nothing of ours
            if self._parts == MOST_PARTS:
                raise FetchError("bad_encoding", f"{self.address} consists of more than {MOST_PARTS} compressed parts.")
            self._unpack, self._parts = zlib.decompressobj(16 + zlib.MAX_WBITS), self._parts + 1
        before = len(self.content)
        try:
            self._keep(self._unpack.decompress(data, self.limit + 1 - before))
        except zlib.error as error:
            if self._parts and len(self.content) == before:
                # Rubbish behind a whole gzip file, as old servers pad with: the file counts, as in gzip itself.
                self.full = True
                return b""
            raise FetchError("bad_encoding", f"{self.address} is damaged: {error}.") from error
        return self._unpack.unconsumed_tail or self._unpack.unused_data

    def _keep(self, data: bytes) -> None:
        self.content += data
        if len(self.content) > self.limit:
            if not self.cut:
                when = " when unpacked" if self._name else ""
                raise FetchError("too_large", f"{self.address} is larger than {self.limit} bytes{when}.")
            del self.content[self.limit :]
            self.full = True


def _is_zlib(data: bytes) -> bool:
    """Whether a body called deflate has the zlib header it should have (RFC 9110, 8.4.1.2); some servers leave it out."""
    return data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0  # noqa: PLR2004  RFC 1950, 2.2
