import gzip

import pytest

from jobs.archive.traces import share_found
from jobs.archive.verify import verify_archive, verify_warc
from models import Body
from models.queries import Choice

LIST = b"<ul><li><a href='/1'>Eins</a></li></ul>"


def members_of(file):
    """The gzip members of a file, a record each."""
    content = file.read_bytes()
    places = [n for n in range(len(content)) if content[n : n + 3] == b"\x1f\x8b\x08"]
    return [content[start:end] for start, end in zip(places, [*places[1:], len(content)], strict=True)]


def test_an_archive_as_it_was_stored_is_whole(archive):
    assert archive.damage() == []


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        (Body.of(LIST.replace(b"Eins", b"Zwei")).compressed, "is not what was stored"),
        (Body.of(LIST + b" ").compressed, "has more than the 39 bytes"),
        (Body.of(LIST[:-1]).compressed, "has 38 bytes and should have 39"),
        (Body.of(LIST).compressed[:-6], "cannot be unpacked"),
        (Body.of(LIST).compressed[:-1] + b"!", "cannot be unpacked"),
        (b"nothing of the kind", "cannot be unpacked"),
        (Body.of(b"0" * 10**8).compressed, "has more than the 39 bytes"),
    ],
    ids=["other bytes", "longer", "shorter", "cut", "checksum", "not compressed", "bomb"],
)
def test_a_tampered_body_is_named_by_its_hash(archive, stored, said):
    archive.spoil("UPDATE body SET compressed = :stored WHERE sha256 = :hash", stored=stored, hash=Body.of(LIST).sha256)
    (damage,) = verify_archive(archive.database)
    assert (damage.kind, damage.where) == ("body", Body.of(LIST).sha256)
    assert said in damage.message


def test_a_wrong_size_is_damage(archive):
    archive.spoil("UPDATE body SET size = 40 WHERE sha256 = :hash", hash=Body.of(LIST).sha256)
    assert archive.damage() == [("body", Body.of(LIST).sha256)]


def test_a_snapshot_without_its_body_is_named(archive):
    archive.spoil("DELETE FROM body WHERE sha256 = :hash", hash=Body.of(LIST).sha256)
    assert archive.damage() == [("no_body", "snapshot 1")]


def test_a_version_without_its_snapshot_is_named(archive):
    archive.spoil("DELETE FROM snapshot WHERE id = 3")
    assert archive.damage() == [("no_snapshot", "version 2")]


def test_a_version_whose_text_was_changed_is_named(archive):
    archive.spoil("UPDATE release_version SET text = text || ' doch' WHERE id = 1")
    assert archive.damage() == [("text", "version 1")]


def test_a_version_that_its_page_does_not_hold_is_named_with_the_share_it_does(archive):
    archive.spoil("UPDATE release_version SET snapshot_id = 1 WHERE id = 2")
    (damage,) = verify_archive(archive.database)
    assert (damage.kind, damage.where) == ("not_found", "version 2")
    assert "cannot be found in snapshot 1: it holds 0% of its words" in damage.message


@pytest.mark.parametrize(
    "page",
    [
        "<p>Klima<b>schutz</b> für <i>alle</i></p>",
        "<p>Klima&shy;schutz f&uuml;r<br>alle</p>",
        '<script type="application/ld+json">{"headline": "Klimaschutz f\\u00fcr alle"}</script>',
    ],
)
def test_words_are_found_however_a_page_writes_them(page):
    assert share_found("Klimaschutz für alle", page.encode(), "utf-8") == 1


def test_words_that_a_page_does_not_hold_are_not_found():
    assert share_found("Klimaschutz für alle", "<p>Naturschutz für alle".encode(), "utf-8") == pytest.approx(2 / 3)


def test_a_file_as_it_was_written_is_whole_also_when_the_archive_went_on(archive):
    everything, _ = archive.export("all.warc.gz")
    part, _ = archive.export("part.warc.gz", Choice(source_key="x", sites=("https://x.example",)))
    archive.publish("Später\n\nDie Fraktion erklärt noch etwas ganz anderes.", address="https://x.example/2")
    assert archive.damage(everything) == archive.damage(part) == []


def test_a_file_cut_anywhere_is_damaged(archive):
    file, _ = archive.export()
    whole = file.read_bytes()
    for length in (0, 10, 400, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        file.write_bytes(whole[:length])
        assert archive.damage(file), length


def test_what_a_file_lacks_is_named(archive):
    file, _ = archive.export()
    members = members_of(file)
    assert len(members) == 13
    file.write_bytes(b"".join(members[:3] + members[5:]))
    assert archive.damage(file) == [("no_origin", archive_record(members[7])), ("missing", "snapshot 2")]


def archive_record(member):
    """The name of the record in a gzip member."""
    lines = gzip.decompress(member).decode("latin-1").split("\r\n")
    return next(line.partition(": ")[2] for line in lines if line.startswith("WARC-Record-ID"))


def test_a_record_without_what_else_is_known_of_it_is_named(archive):
    file, _ = archive.export()
    members = members_of(file)
    file.write_bytes(b"".join(members[:-1]))
    assert archive.damage(file) == [("no_metadata", archive_record(members[-2]))]


def test_altered_bytes_in_a_file_fail_their_digest(archive):
    file, _ = archive.export()
    members = members_of(file)
    members[3] = gzip.compress(gzip.decompress(members[3]).replace(b"2,5 Millionen", b"9,5 Millionen"))
    file.write_bytes(b"".join(members))
    (damage,) = verify_warc(archive.database, file)
    assert (damage.kind, damage.where) == ("record", archive_record(members[3]))
    assert "payload digest failed" in damage.message


@pytest.mark.parametrize(("before", "after"), [(b"x.example/1\r", b"x.example/2\r"), (b"2024-03-01T08", b"2024-03-01T09")])
def test_a_record_with_another_address_or_moment_is_named(archive, before, after):
    file, _ = archive.export()
    members = members_of(file)
    members[3] = gzip.compress(gzip.decompress(members[3]).replace(before, after, 1))
    file.write_bytes(b"".join(members))
    assert archive.damage(file) == [("differs", "snapshot 2")]


def test_a_file_of_another_archive_is_unknown_here(archive):
    file, _ = archive.export()
    archive.spoil("DELETE FROM snapshot WHERE id = 1")
    (damage,) = verify_warc(archive.database, file)
    assert damage.kind == "unknown"


def test_a_file_that_is_no_warc_is_said_to_be_unreadable(archive):
    file = archive.folder / "b.warc.gz"
    file.write_bytes(b"<!doctype html>")
    kinds = [kind for kind, _ in archive.damage(file)]
    assert kinds[:3] == ["packing", "unreadable", "no_info"]
    assert kinds.count("missing") == 6
