"""An archive with a list, two versions of a release, the same page at two addresses, evidence, and an error page."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from jobs.archive.export import export_warc
from jobs.archive.verify import verify_archive, verify_warc
from models import Body, Database, ReleaseVersion, Snapshot, actions
from models.queries import Choice
from models.words import SnapshotPurpose
from scrapers.read import text_hash
from settings.config import load_settings

START = datetime(2024, 3, 1, 8, 30, 15, 123456, tzinfo=UTC)
DAY = timedelta(days=1)
SITE = "https://x.example"
TEXT = "Mehr Geld für Moore\n\nDie Fraktion erklärt: „Wir stellen 2,5 Millionen Euro für die Wiedervernässung bereit.“"


def page(text):
    title, *body = text.split("\n\n")
    paragraphs = "".join(f"<p>{part.replace('Wiedervernässung', 'Wieder<wbr>vern&auml;ssung')}</p>" for part in body)
    return f"<!doctype html><html><head><title>X</title></head><body><h1>{title}</h1>{paragraphs}</body></html>".encode("cp1252")


@dataclass
class Archive:
    database: Database
    folder: Path

    def keep(self, address, content, when=START, purpose=SnapshotPurpose.RELEASE, **more):
        fields = {"final_address": address, "status": 200, "charset": "cp1252", "headers": {"content-type": "text/html"}, **more}
        with self.database.writing() as session:
            snapshot = Snapshot(address=address, purpose=purpose, fetched_at=when, body=Body.of(content), **fields)
            return actions.keep_snapshot(session, snapshot)

    def publish(self, text, when=START, address=f"{SITE}/1"):
        snapshot = self.keep(address, page(text), when, headers={"content-type": "text/html", "etag": '"ü"'})
        version = ReleaseVersion(
            title=text.split("\n", 1)[0], text=text, text_sha256=text_hash(text), reader="1", read_at=when, snapshot=snapshot
        )
        with self.database.writing() as session:
            actions.keep_release(
                session,
                source_key="x",
                address=address,
                parliament="Landtag X",
                factions=["X"],
                version=version,
                found=[],
                now=when,
            )

    def spoil(self, statement, **values):
        """Change the stored rows behind the back of everybody."""
        with self.database.writer.connect() as connection:
            if self.database.is_sqlite:
                connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
            else:
                connection.exec_driver_sql("SET session_replication_role = replica")
            connection.execute(sql(statement), values)
            connection.commit()
            connection.invalidate()

    def export(self, name="a.warc.gz", choice=None, **more):
        target = self.folder / name
        done = export_warc(
            self.database,
            load_settings(contact="desk@x.example", installation="Testdesk"),
            target,
            choice or Choice(),
            START + 9 * DAY,
            **more,
        )
        return target, done

    def damage(self, file=None):
        """What verification finds, as pairs of kind and place."""
        found = verify_archive(self.database) if file is None else verify_warc(self.database, file)
        return [(damage.kind, damage.where) for damage in found]


@pytest.fixture
def archive(database, tmp_path):
    archive = Archive(database, tmp_path)
    with database.writing() as session:
        actions.declare_source(session, key="x", name="X", parliament="Landtag X", home=SITE, verified=False)
    archive.keep(f"{SITE}/presse?page=1", b"<ul><li><a href='/1'>Eins</a></li></ul>", purpose=SnapshotPurpose.LIST)
    archive.publish(TEXT)
    archive.publish(TEXT.replace("2,5", "25"), START + DAY)
    archive.keep("https://mirror.example/eins", page(TEXT), START + 2 * DAY, final_address="https://mirror.example/1 b")
    archive.keep("https://budget.example/plan", b"%PDF-1.7 plan", START + 3 * DAY, SnapshotPurpose.EVIDENCE, charset=None)
    archive.keep(f"{SITE}/gone", b"", START + 4 * DAY, status=404, headers={"content-encoding": "gzip", "content-length": "20"})
    return archive
