"""Every channel against a receiver of our own on loopback."""

import asyncio
import email.policy
import hashlib
import hmac
import io
import json
import socket
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from email.parser import BytesParser
from threading import Thread

import pytest
from aiohttp import web
from aiosmtpd.smtp import SMTP

from models import Notice
from models.words import NoticeEvent
from notifications import channels
from notifications.channels import Console, MaybeTakenError, NotTakenError, Smtp, Webhook, channels_for
from settings.config import Settings

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
SECRET = "ein geheimer Schlüssel"


def settings(**values):
    return Settings(_env_file=None, **({"smtp_security": "none", "smtp_from": "desk@muster.invalid"} | values))


def a_notice(recipient="adele@muster.invalid", **values):
    given = {"subject": "[Musterdesk] Größere Moore", "text": "Es geht um Moore.\n", "html": "<p>Es geht um <b>Moore</b>.</p>"}
    notice = Notice(
        key=f"release:7:smtp:{recipient}",
        event=NoticeEvent.RELEASE,
        channel="smtp",
        recipient=recipient,
        data={"release": {"id": 7, "title": "Größere Moore"}},
        created_at=NOW,
        next_attempt_at=NOW,
        **(given | values),
    )
    notice.id = 31
    return notice


@contextmanager
def in_a_thread(server):
    """Run an asynchronous server on a loop of its own and give what it gives."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()

    def wait(coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(timeout=10)

    async def leave():
        await server.__aexit__(None, None, None)
        # Connections end by themselves when the client has closed its side; what then still runs is ended here.
        if others := asyncio.all_tasks() - {asyncio.current_task()}:
            _done, late = await asyncio.wait(others, timeout=1)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await asyncio.sleep(0.01)

    try:
        yield wait(server.__aenter__())
    finally:
        wait(leave())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Mailbox:
    """A mail server's handler: keeps what it takes; `replies` changes what it answers to a command or a recipient."""

    def __init__(self, **replies):
        self.replies = replies
        self.mails = []
        self.raw = b""

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802  aiosmtpd calls it by this name
        if address in self.replies:
            return self.replies[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802  as above
        if self.replies.get("DATA") == "drop":
            server.transport.abort()
            await asyncio.sleep(10)
        if "DATA" in self.replies:
            return self.replies["DATA"]
        self.raw = envelope.original_content
        mail = BytesParser(policy=email.policy.default).parsebytes(envelope.content)
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, mail))
        return "250 OK"

    async def handle_QUIT(self, _server, _session, _envelope):  # noqa: N802  as above
        return self.replies.get("QUIT", "221 Bye")


@contextmanager
def mail_server(mailbox):
    @asynccontextmanager
    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(mailbox, hostname="muster.invalid", loop=loop), "127.0.0.1", 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()

    with in_a_thread(serve()) as port:
        yield Smtp(settings(smtp_port=port))


@contextmanager
def line_server(*lines):
    """A mail server that says these lines, one to each command, and then hangs up."""

    @asynccontextmanager
    async def serve():
        async def speak(reader, writer):
            for line in lines:
                writer.write(line + b"\r\n")
                await writer.drain()
                if not await reader.readline():
                    break
            writer.close()

        server = await asyncio.start_server(speak, "127.0.0.1", 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()

    with in_a_thread(serve()) as port:
        yield Smtp(settings(smtp_port=port))


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def refused(channel, notice):
    with pytest.raises(NotTakenError) as caught:
        channel.send(notice)
    return caught.value


def test_the_console_writes_subject_and_text():
    stream = io.StringIO()
    Console(stream).send(a_notice())
    assert stream.getvalue() == "\n[Musterdesk] Größere Moore\nEs geht um Moore.\n"


def test_the_console_is_standard_error_as_it_is_when_a_message_comes(capsys):
    Console().send(a_notice())
    assert "Es geht um Moore." in capsys.readouterr().err


def test_a_console_that_is_closed_has_not_taken_the_message():
    stream = io.StringIO()
    stream.close()
    assert not refused(Console(stream), a_notice()).permanent


def test_there_is_a_channel_for_every_name_of_the_settings():
    assert set(channels_for(settings())) == {"console", "smtp", "webhook"}


def test_a_mail_is_delivered_once_as_text_and_html():
    mailbox = Mailbox()
    with mail_server(mailbox) as smtp:
        smtp.send(a_notice())
    [(sender, receivers, mail)] = mailbox.mails
    assert (sender, receivers) == ("desk@muster.invalid", ["adele@muster.invalid"])
    assert mail["Subject"] == "[Musterdesk] Größere Moore"
    assert (mail["From"], mail["To"]) == ("desk@muster.invalid", "adele@muster.invalid")
    assert mail["Date"].datetime == NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_body(["plain"]).get_content().splitlines() == ["Es geht um Moore."]
    assert mail.get_body(["html"]).get_content().strip() == "<p>Es geht um <b>Moore</b>.</p>"


@pytest.mark.parametrize(
    "text",
    ["Größe " * 1000, "x" * 5000, ".\n..\n.ende\n", "a\r\nb\n\nc", "From hier\nFrom dort", "„Ü“ – 25\u00a0Mio.\u00a0€"],
    ids=["long umlauts", "a long line", "full stops", "line ends", "From", "typography"],
)
def test_any_text_survives_the_mail_in_lines_that_servers_accept(text):
    mailbox = Mailbox()
    with mail_server(mailbox) as smtp:
        smtp.send(a_notice(text=text, html=text))
    [(_sender, _receivers, mail)] = mailbox.mails
    for part in ("plain", "html"):
        assert mail.get_body([part]).get_content().splitlines() == text.splitlines()
    lines = mailbox.raw.split(b"\r\n")
    assert max(len(line) for line in lines) <= 998
    assert not any(b"\n" in line or b"\r" in line for line in lines)


def test_the_message_id_comes_from_the_outbox_and_stays_the_same():
    smtp = Smtp(settings())
    first, again = smtp.mail(a_notice()), smtp.mail(a_notice())
    assert first["Message-ID"] == again["Message-ID"]
    assert first["Message-ID"].startswith("<notice-31-")
    assert first["Message-ID"].endswith("@muster.invalid>")
    other = a_notice()
    other.id = 32
    assert smtp.mail(other)["Message-ID"] != first["Message-ID"]


@pytest.mark.parametrize(
    ("replies", "permanent"),
    [
        ({"theo@muster.invalid": "550 unbekannt"}, True),
        ({"theo@muster.invalid": "451 später wieder"}, False),
        ({"DATA": "554 kein Wort von Mooren"}, True),
        ({"DATA": "452 voll"}, False),
        ({"theo@muster.invalid": "550 unbekannt", "QUIT": "421 überlastet"}, True),
        ({"theo@muster.invalid": "451 später wieder", "QUIT": "500 wie bitte"}, False),
    ],
)
def test_a_mail_that_one_recipient_refuses_still_reaches_the_other(replies, permanent):
    mailbox = Mailbox(**{key: value.encode("ascii", "replace").decode() for key, value in replies.items()})
    with mail_server(mailbox) as smtp:
        error = refused(smtp, a_notice("theo@muster.invalid"))
        assert error.permanent is permanent
        assert str(error)[:3].isdigit()
        mailbox.replies.pop("DATA", None)
        smtp.send(a_notice())
    assert [receivers for _sender, receivers, _mail in mailbox.mails] == [["adele@muster.invalid"]]


@pytest.mark.parametrize("goodbye", ["421 zu viel zu tun", "500 wie bitte"])
def test_a_rude_goodbye_after_the_mail_was_taken_is_no_failure(goodbye):
    mailbox = Mailbox(QUIT=goodbye)
    with mail_server(mailbox) as smtp:
        smtp.send(a_notice())
    assert len(mailbox.mails) == 1


def test_a_server_that_drops_the_connection_after_the_mail_may_have_taken_it():
    mailbox = Mailbox(DATA="drop")
    with mail_server(mailbox) as smtp, pytest.raises(MaybeTakenError, match="after the mail was handed over"):
        smtp.send(a_notice())


@pytest.mark.parametrize("said", [2, 3], ids=["after the greeting", "after the sender"])
def test_a_server_that_drops_the_connection_before_the_mail_has_not_taken_it(said):
    with line_server(*[b"220 muster.invalid", b"250 muster.invalid", b"250 OK"][:said]) as smtp:
        assert not refused(smtp, a_notice()).permanent


def test_a_server_that_speaks_nonsense_has_not_taken_it():
    with line_server(b"SSH-2.0-OpenSSH") as smtp:
        assert not refused(smtp, a_notice()).permanent


def test_no_server_has_not_taken_it():
    port = free_port()
    error = refused(Smtp(settings(smtp_port=port)), a_notice())
    assert not error.permanent
    assert f"127.0.0.1:{port}" in str(error)


def test_a_server_without_starttls_gets_no_mail_when_encryption_is_asked_for():
    mailbox = Mailbox()
    with mail_server(mailbox) as smtp:
        strict = Smtp(settings(smtp_port=smtp.settings.smtp_port, smtp_security="starttls"))
        refused(strict, a_notice())
    assert mailbox.mails == []


@pytest.mark.parametrize(
    "values",
    [
        {"recipient": "müller@muster.invalid"},
        {"recipient": "a@b.invalid\r\nBcc: c@d.invalid"},
        {"subject": "a\nBcc: c@d.invalid"},
        {"text": "\ud800"},
    ],
)
def test_a_mail_that_cannot_be_written_is_refused_for_good(values):
    mailbox = Mailbox()
    with mail_server(mailbox) as smtp:
        assert refused(smtp, a_notice(**values)).permanent
    assert mailbox.mails == []


class Inbox:
    """A webhook receiver: keeps requests, answers with the statuses given, then with 204."""

    def __init__(self, *statuses):
        self.statuses = list(statuses)
        self.requests = []
        self.port = 0

    async def take(self, request):
        self.requests.append((request.path, dict(request.headers), await request.read()))
        status = self.statuses.pop(0) if self.statuses else 204
        return web.Response(status=status, headers={"Location": "/elsewhere"} if 300 <= status < 400 else {})

    @asynccontextmanager
    async def serve(self):
        app = web.Application()
        app.router.add_route("*", "/{anything:.*}", self.take)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        try:
            yield self
        finally:
            await runner.cleanup()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/in"


def hook(**values):
    return Webhook(settings(**({"allowed_networks": "127.0.0.0/8"} | values)))


def test_a_webhook_gets_the_message_as_json():
    inbox = Inbox(200)
    with in_a_thread(inbox.serve()):
        hook().send(a_notice(inbox.address))
    [(path, headers, body)] = inbox.requests
    assert path == "/in"
    assert headers["Content-Type"] == "application/json"
    assert json.loads(body) == {
        "event": "release",
        "subject": "[Musterdesk] Größere Moore",
        "text": "Es geht um Moore.\n",
        "release": {"id": 7, "title": "Größere Moore"},
    }
    assert "X-Beimwort-Signature" not in headers


def test_the_idempotency_key_is_the_same_for_each_attempt_and_another_for_each_message():
    inbox = Inbox(500)
    with in_a_thread(inbox.serve()):
        refused(hook(), a_notice(inbox.address))
        hook().send(a_notice(inbox.address))
        hook().send(a_notice(inbox.address + "2"))
    first, again, other = (headers["Idempotency-Key"] for _path, headers, _body in inbox.requests)
    assert first == again != other
    assert inbox.requests[0][2] == inbox.requests[1][2]


def test_the_signature_of_a_webhook_verifies():
    inbox = Inbox()
    with in_a_thread(inbox.serve()):
        hook(webhook_secret=SECRET).send(a_notice(inbox.address))
    [(_path, headers, body)] = inbox.requests
    expected = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    assert hmac.compare_digest(headers["X-Beimwort-Signature"], f"sha256={expected}")


@pytest.mark.parametrize(
    ("status", "permanent"),
    [(400, True), (401, True), (404, True), (410, True), (408, False), (425, False), (429, False), (500, False), (503, False)],
)
def test_the_answer_of_a_webhook_decides_whether_to_try_again(status, permanent):
    inbox = Inbox(status)
    with in_a_thread(inbox.serve()):
        error = refused(hook(), a_notice(inbox.address))
    assert error.permanent is permanent
    assert str(status) in str(error)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_webhook_does_not_follow_redirects(status):
    inbox = Inbox(status)
    with in_a_thread(inbox.serve()):
        assert refused(hook(), a_notice(inbox.address)).permanent
    assert [path for path, _headers, _body in inbox.requests] == ["/in"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "0x7f.1", "2130706433", "127.1", "１２７.0.0.1", "127。0。0。1"]
)
def test_a_webhook_into_a_private_network_is_refused_unless_it_is_allowed(host):
    inbox = Inbox()
    with in_a_thread(inbox.serve()):
        assert refused(hook(allowed_networks=""), a_notice(f"http://{host}:{inbox.port}/in")).permanent
    assert inbox.requests == []


@pytest.mark.parametrize(
    "address", ["", "muster", "ftp://muster.invalid/", "http://[", "http://a:b/", "http://muster..invalid/", "http://"]
)
def test_a_webhook_to_no_web_address_is_refused_for_good(address):
    assert refused(hook(), a_notice(address)).permanent


def test_a_webhook_whose_receiver_is_away_is_tried_again():
    error = refused(hook(), a_notice(f"http://127.0.0.1:{free_port()}/in"))
    assert not error.permanent


def test_a_webhook_whose_receiver_does_not_answer_is_tried_again(monkeypatch):
    monkeypatch.setattr(channels, "SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert not refused(hook(), a_notice(f"http://127.0.0.1:{silent.getsockname()[1]}/in")).permanent
