import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import Database, DataVersion, Notice, actions, schema
from models.words import NoticeEvent, NoticeState
from notifications.channels import MaybeTakenError, NotTakenError
from notifications.messages import Message
from notifications.outbox import recipients, write_notices
from notifications.sender import FIRST_RETRY, LAST_RETRY, MOST_ATTEMPTS, send_waiting, wait_before
from settings.config import Settings

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
MESSAGE = Message(subject="Betreff", text="Text\n", html="<p>Text</p>", data={"release": {"id": 7}})


class Clock:
    """A clock that the test moves."""

    def __init__(self):
        self.now = START

    def __call__(self):
        return self.now


class Receiver:
    """A channel that takes everything, except what `trouble` says of a recipient."""

    def __init__(self, **trouble):
        self.trouble = trouble
        self.got = []

    def send(self, notice):
        if notice.recipient in self.trouble:
            raise self.trouble[notice.recipient]
        self.got.append(notice.recipient)


@pytest.fixture
def database(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'desk.sqlite3'}")
    schema.upgrade(database, START)
    yield database
    database.close()


@pytest.fixture
def clock():
    return Clock()


def write(database, *recipients, channel="smtp"):
    with database.writing() as session:
        for recipient in recipients:
            actions.add_notice(
                session,
                key=f"release:7:{channel}:{recipient}",
                event=NoticeEvent.RELEASE,
                channel=channel,
                recipient=recipient,
                subject="Betreff",
                text="Text",
                html="<p>Text</p>",
                data={},
                now=START,
            )


def outbox(database):
    with database.reading() as session:
        return {notice.recipient: notice for notice in session.scalars(select(Notice).order_by(Notice.id))}


def settings(**values):
    return Settings(_env_file=None, **values)


def told(database, using, subject_key="7"):
    with database.writing() as session:
        return write_notices(session, using, event=NoticeEvent.RELEASE, subject_key=subject_key, message=MESSAGE, now=START)


EVERYBODY = {
    "channels": "console,smtp,webhook",
    "smtp_to": "adele@muster.invalid,theo@muster.invalid",
    "webhook_url": "https://hook.invalid/in",
}


def test_the_outbox_has_a_row_for_each_recipient_of_each_channel(database):
    assert told(database, settings(**EVERYBODY)) == 4
    with database.reading() as session:
        rows = session.scalars(select(Notice).order_by(Notice.id)).all()
    assert [(row.channel, row.recipient) for row in rows] == [
        ("console", ""),
        ("smtp", "adele@muster.invalid"),
        ("smtp", "theo@muster.invalid"),
        ("webhook", "https://hook.invalid/in"),
    ]
    assert {(row.state, row.attempts, row.subject, row.html) for row in rows} == {(NoticeState.NEW, 0, "Betreff", "<p>Text</p>")}
    assert all(row.data == MESSAGE.data and row.created_at == row.next_attempt_at == START for row in rows)


def test_nobody_is_told_the_same_twice_and_a_new_recipient_once(database):
    assert told(database, settings(channels="console")) == 1
    assert told(database, settings(channels="console")) == 0
    assert told(database, settings(**EVERYBODY)) == 3
    assert told(database, settings(channels="console"), subject_key="8") == 1


def test_a_notice_is_gone_with_the_transaction_that_failed(database):
    using = settings(channels="console")
    with contextlib.suppress(RuntimeError), database.writing() as session:
        assert write_notices(session, using, event=NoticeEvent.DUE, subject_key="1", message=MESSAGE, now=START) == 1
        raise RuntimeError
    assert outbox(database) == {}


def test_a_webhook_without_address_and_no_channels_have_no_recipients():
    assert recipients(settings(channels="webhook,smtp")) == []
    assert recipients(settings(channels="")) == []


def test_what_waits_is_sent_once(database, clock):
    write(database, "a", "b")
    receiver = Receiver()
    report = send_waiting(database, {"smtp": receiver}, clock)
    assert (report.sent, report.troubled) == (2, False)
    assert send_waiting(database, {"smtp": receiver}, clock).sent == 0
    assert receiver.got == ["a", "b"]
    notice = outbox(database)["a"]
    assert (notice.state, notice.sent_at, notice.attempts, notice.leased_until) == (NoticeState.SENT, START, 1, None)


def test_more_than_one_batch_is_sent_in_one_round(database, clock):
    write(database, *(f"nr{number}" for number in range(45)))
    assert send_waiting(database, {"smtp": Receiver()}, clock).sent == 45


def test_one_bad_message_does_not_hold_up_the_others(database, clock):
    write(database, "away", "gone", "broken", "good")
    receiver = Receiver(
        away=NotTakenError("451 später"),
        gone=NotTakenError("550 unbekannt", permanent=True),
        broken=MaybeTakenError("abgebrochen"),
    )
    report = send_waiting(database, {"smtp": receiver}, clock)
    assert (report.sent, report.retry, report.dead, report.uncertain, report.troubled) == (1, 1, 1, 1, True)
    assert receiver.got == ["good"]
    rows = outbox(database)
    assert {name: (row.state.value, row.trouble) for name, row in rows.items()} == {
        "away": ("retry", "451 später"),
        "gone": ("dead", "550 unbekannt"),
        "broken": ("uncertain", "abgebrochen"),
        "good": ("sent", None),
    }
    assert all(row.leased_until is None for row in rows.values())


def test_a_message_for_a_channel_that_nobody_knows_is_dead(database, clock):
    write(database, "a", channel="pigeon")
    write(database, "b")
    report = send_waiting(database, {"smtp": Receiver()}, clock)
    assert (report.dead, report.sent) == (1, 1)
    assert "pigeon" in outbox(database)["a"].trouble


def test_a_retry_waits_its_time_and_then_succeeds(database, clock):
    write(database, "a")
    receiver = Receiver(a=NotTakenError("451 später"))
    assert send_waiting(database, {"smtp": receiver}, clock).retry == 1
    waiting = outbox(database)["a"]
    assert 0.8 * FIRST_RETRY <= waiting.next_attempt_at - START <= 1.2 * FIRST_RETRY

    receiver.trouble.clear()
    clock.now = waiting.next_attempt_at - timedelta(seconds=1)
    assert send_waiting(database, {"smtp": receiver}, clock).sent == 0
    clock.now = waiting.next_attempt_at
    assert send_waiting(database, {"smtp": receiver}, clock).sent == 1
    sent = outbox(database)["a"]
    assert (sent.state, sent.attempts, sent.trouble) == (NoticeState.SENT, 2, None)


def test_a_message_that_never_gets_through_ends_dead(database, clock):
    write(database, "a")
    receiver = Receiver(a=NotTakenError("kein Anschluss"))
    for attempt in range(1, MOST_ATTEMPTS + 1):
        report = send_waiting(database, {"smtp": receiver}, clock)
        assert (report.retry, report.dead) == ((1, 0) if attempt < MOST_ATTEMPTS else (0, 1))
        clock.now += 2 * LAST_RETRY
    dead = outbox(database)["a"]
    assert (dead.state, dead.attempts, dead.trouble) == (NoticeState.DEAD, MOST_ATTEMPTS, "kein Anschluss")
    assert send_waiting(database, {"smtp": Receiver()}, clock).sent == 0


@pytest.mark.parametrize("attempts", [1, 2, 5, 9, 10, MOST_ATTEMPTS])
def test_the_wait_doubles_up_to_six_hours(attempts):
    expected = min(FIRST_RETRY * 2 ** (attempts - 1), LAST_RETRY)
    assert 0.8 * expected <= wait_before(attempts) <= 1.2 * expected


def test_a_message_that_may_have_arrived_is_not_sent_again(database, clock):
    write(database, "a")
    send_waiting(database, {"smtp": Receiver(a=MaybeTakenError("abgebrochen"))}, clock)
    clock.now += timedelta(days=30)
    receiver = Receiver()
    assert send_waiting(database, {"smtp": receiver}, clock).sent == 0
    assert receiver.got == []
    assert outbox(database)["a"].state is NoticeState.UNCERTAIN


def test_a_sender_that_dies_leaves_only_the_message_in_its_hand_in_doubt(database, clock):
    write(database, "a", "b", "c")
    with pytest.raises(KeyboardInterrupt):
        send_waiting(database, {"smtp": Receiver(b=KeyboardInterrupt())}, clock)

    receiver = Receiver()
    assert send_waiting(database, {"smtp": receiver}, clock).sent == 1
    assert receiver.got == ["c"]
    assert outbox(database)["b"].state is NoticeState.SENDING

    clock.now += actions.outbox.LEASE + timedelta(seconds=1)
    assert send_waiting(database, {"smtp": receiver}, clock).sent == 0
    lost = outbox(database)["b"]
    assert lost.state is NoticeState.UNCERTAIN
    assert "may have been delivered" in lost.trouble


def test_a_webhook_whose_sender_died_is_sent_again_when_its_lease_ends(database, clock):
    write(database, "a", channel="webhook")
    with database.writing(visible=False) as session:
        actions.lease_notices(session, clock())
    receiver = Receiver()
    assert send_waiting(database, {"webhook": receiver}, clock).sent == 0
    clock.now += actions.outbox.LEASE + timedelta(seconds=1)
    assert send_waiting(database, {"webhook": receiver}, clock).sent == 1
    assert outbox(database)["a"].attempts == 2


def test_sending_does_not_move_the_data_version_of_pages(database, clock):
    write(database, "a")

    def version():
        with database.reading() as session:
            return session.scalar(select(DataVersion.number))

    before = version()
    send_waiting(database, {"smtp": Receiver()}, clock)
    assert version() == before
