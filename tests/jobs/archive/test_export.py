import io
import os
import tracemalloc
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from jobs.archive.export import ExportError
from models import Body
from models.queries import Choice

START_DATE = "2024-03-01T08:30:15.123456Z"


def records_of(file):
    with file.open("rb") as stream:
        for record in ArchiveIterator(stream, check_digests=True):
            yield record, record.content_stream().read()


def pages_of(file):
    return [(record, content) for record, content in records_of(file) if record.rec_type in {"response", "revisit"}]


def said(record, name):
    return record.rec_headers.get_header(name)


def test_every_snapshot_becomes_a_record_with_address_moment_status_headers_and_body(archive):
    file, done = archive.export()
    pages = pages_of(file)
    assert (done.snapshots, done.revisits, done.damaged, done.bytes) == (6, 1, [], file.stat().st_size)
    assert [said(record, "WARC-Target-URI") for record, _ in pages] == [
        "https://x.example/presse?page=1",
        "https://x.example/1",
        "https://x.example/1",
        "https://mirror.example/1%20b",
        "https://budget.example/plan",
        "https://x.example/gone",
    ]
    (_, listed), (first, content), *_others = pages
    assert listed.startswith(b"<ul>")
    assert "2,5 Millionen".encode("cp1252") in content
    assert first.rec_headers.protocol == "WARC/1.1"
    assert said(first, "WARC-Date") == START_DATE
    assert first.http_headers.statusline == "200 OK"
    assert first.http_headers.protocol == "HTTP/1.1"
    assert first.http_headers.get_header("content-type") == "text/html"
    assert said(first, "WARC-Payload-Digest").startswith("sha256:")


def test_the_file_says_who_wrote_it_and_metadata_what_else_is_known(archive):
    file, _ = archive.export()
    (info, fields), *others = records_of(file)
    assert info.rec_type == "warcinfo"
    assert said(info, "WARC-Filename") == "a.warc.gz"
    for line in (b"software: beimwort/", b"operator: desk@x.example\r\n", b"isPartOf: Testdesk\r\n", b"robots: obey\r\n"):
        assert line in fields
    metadata = [(record, content) for record, content in others if record.rec_type == "metadata"]
    moved, content = metadata[3]
    assert b"requested: https://mirror.example/eins\r\n" in content
    assert b"charset-announced: cp1252\r\n" in content
    assert said(moved, "WARC-Concurrent-To") == said(pages_of(file)[3][0], "WARC-Record-ID")


def test_a_body_that_was_written_before_is_a_revisit_of_it(archive):
    file, _ = archive.export()
    pages = pages_of(file)
    (first, content), (again, nothing) = pages[1], pages[3]
    assert again.rec_type == "revisit"
    assert nothing == b""
    assert said(again, "WARC-Profile") == "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    assert said(again, "WARC-Payload-Digest") == said(first, "WARC-Payload-Digest")
    assert said(again, "WARC-Refers-To-Target-URI") == said(first, "WARC-Target-URI")
    assert said(again, "WARC-Refers-To-Date") == START_DATE
    assert again.http_headers.get_header("content-length") == str(len(content))


def test_a_compression_that_was_undone_is_said_under_another_name(archive):
    file, _ = archive.export()
    gone = pages_of(file)[-1][0].http_headers
    assert gone.statusline == "404 Not Found"
    assert gone.get_header("content-encoding") is None
    assert (gone.get_header("x-crawl-content-encoding"), gone.get_header("x-crawl-content-length")) == ("gzip", "20")
    assert gone.get_header("content-length") == "0"


def test_warcio_itself_finds_nothing_wrong_with_the_file(archive, capsys):
    file, _ = archive.export()
    assert Checker(SimpleNamespace(inputs=[str(file)], verbose=True)).process_all() == 0
    checked = capsys.readouterr().out
    assert checked.count("digest pass") == 12
    assert checked.count("not checked (revisit)") == 1


def test_the_same_snapshots_give_the_same_bytes(archive):
    first, _ = archive.export("same.warc.gz")
    before = first.read_bytes()
    archive.export("same.warc.gz", force=True)
    assert first.read_bytes() == before


@pytest.mark.parametrize(
    ("choice", "addresses"),
    [
        ({"source_key": "x"}, ["https://x.example/1", "https://x.example/1"]),
        (
            {"source_key": "x", "sites": ("https://x.example",)},
            [*(["https://x.example/presse?page=1"] + 2 * ["https://x.example/1"]), "https://x.example/gone"],
        ),
        ({"source_key": "x", "sites": ("https://x_example",)}, ["https://x.example/1", "https://x.example/1"]),
        ({"source_key": "nobody"}, []),
    ],
    ids=["releases", "site", "no pattern", "unknown"],
)
def test_a_source_is_its_releases_and_what_lies_below_its_site(archive, choice, addresses):
    file, _ = archive.export(choice=Choice(**choice))
    assert [said(record, "WARC-Target-URI") for record, _ in pages_of(file)] == addresses


def test_what_came_before_the_day_is_left_out_and_nothing_refers_to_it(archive):
    file, done = archive.export(choice=Choice(since=datetime(2024, 3, 3, 8, tzinfo=UTC)))
    assert done.snapshots == 3
    assert pages_of(file)[0][0].rec_type == "response"


def test_a_damaged_page_is_left_out_and_told(archive):
    archive.spoil("UPDATE body SET compressed = :some WHERE size = 13", some=Body.of(b"%PDF-1.7 else").compressed)
    file, done = archive.export()
    assert len(pages_of(file)) == done.snapshots == 5
    assert "https://budget.example/plan is damaged" in done.damaged[0]


def test_a_file_that_is_there_stays_unless_it_is_forced(archive):
    target = archive.folder / "a.warc.gz"
    target.write_bytes(b"precious")
    with pytest.raises(ExportError, match="--force replaces it"):
        archive.export()
    assert target.read_bytes() == b"precious"
    archive.export(force=True)
    assert len(pages_of(target)) == 6


def test_an_export_that_is_cut_short_leaves_no_trace(archive):
    def stop(*_given):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.export(progress=stop)
    assert list(archive.folder.glob("*warc*")) == list(archive.folder.glob(".*warc*")) == []


def test_a_folder_that_is_not_there_is_said_in_a_sentence(archive):
    with pytest.raises(ExportError, match=r"Cannot write .*No such file"):
        archive.export("nowhere/a.warc.gz")


def test_memory_does_not_grow_with_the_archive(archive):
    for number in range(60):
        archive.keep(f"https://x.example/big/{number}", os.urandom(300_000))
    tracemalloc.start()
    archive.export()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * 300_000 / 2


def test_progress_reaches_the_number_of_snapshots(archive):
    steps = io.StringIO()
    archive.export(progress=lambda done, every: steps.write(f"{done}/{every} "))
    assert steps.getvalue().split() == [f"{n}/6" for n in range(1, 7)]
