"""The ways a message goes: console, mail, webhook. Each says whether a failed message was surely not taken, or may have been."""

import asyncio
import hashlib
import hmac
import json
import smtplib
import ssl
import sys
from collections.abc import Mapping
from contextlib import closing, suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Protocol, TextIO

import aiohttp
from yarl import URL

from models import Notice
from settings.config import Settings
from settings.guard import GuardedResolver, check_host
from settings.networks import PrivateAddressError

SECONDS = 30
PERMANENT = 500  # SMTP replies from here on will not change by trying again
WRONG_LOGIN = frozenset({530, 534, 535, 538})  # RFC 4954
TRY_AGAIN = frozenset({408, 425, 429})


class NotTakenError(Exception):
    """The receiver surely has not taken the message. `permanent`: trying again is of no use."""

    def __init__(self, message: str, *, permanent: bool = False) -> None:
        """Remember whether to try again."""
        super().__init__(message)
        self.permanent = permanent


class MaybeTakenError(Exception):
    """The connection ended after the receiver had the message and before it said so."""


class Channel(Protocol):
    """A way out."""

    def send(self, notice: Notice) -> None:
        """Deliver one message. Raises `NotTakenError` or `MaybeTakenError`."""


class Console:
    """Writes messages to a stream; the default, and the double for tests."""

    def __init__(self, stream: TextIO | None = None) -> None:
        """Write to `stream`, or to standard error as it is when a message comes."""
        self.stream = stream

    def send(self, notice: Notice) -> None:
        """Write subject and text."""
        stream = self.stream or sys.stderr
        try:
            stream.write(f"\n{notice.subject}\n{notice.text}")
            stream.flush()
        except (OSError, ValueError) as error:
            raise NotTakenError(f"The console cannot be written to: {error}") from error


class Smtp:
    """Mail over the desk's own server: one recipient a message, its Message-ID from the outbox."""

    def __init__(self, settings: Settings) -> None:
        """Remember server and sender."""
        self.settings = settings

    def send(self, notice: Notice) -> None:
        """Hand the mail to the server."""
        given = False
        try:
            content = self.mail(notice).as_bytes(policy=SMTP)
            with closing(self._connect()) as server:
                self._greet(server)
                _accepted(*server.mail(self.settings.smtp_from))
                _accepted(*server.rcpt(notice.recipient))
                given = True
                code, reply = server.data(content)
                given = False
                _accepted(code, reply)
                _leave(server)
        except smtplib.SMTPResponseException as error:
            raise NotTakenError(
                f"{error.smtp_code} {_text(error.smtp_error)}", permanent=_is_permanent(error.smtp_code)
            ) from error
        except (OSError, smtplib.SMTPException) as error:
            if given:
                raise MaybeTakenError(f"The connection broke after the mail was handed over: {error}") from error
            raise NotTakenError(f"{self.settings.smtp_host}:{self.settings.smtp_port}: {error}") from error
        except ValueError as error:
            raise NotTakenError(f"The mail to {notice.recipient!r} cannot be written: {error}", permanent=True) from error

    def mail(self, notice: Notice) -> EmailMessage:
        """The message as mail, text and HTML."""
        message = EmailMessage()
        message["Subject"] = notice.subject
        message["From"] = self.settings.smtp_from
        message["To"] = notice.recipient
        message["Date"] = format_datetime(notice.created_at)
        domain = self.settings.smtp_from.rpartition("@")[2] or "localhost"
        message["Message-ID"] = f"<notice-{notice.id}-{int(notice.created_at.timestamp())}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(notice.text, cte="quoted-printable")
        message.add_alternative(notice.html, subtype="html", cte="quoted-printable")
        return message

    def _connect(self) -> smtplib.SMTP:
        host, port = self.settings.smtp_host, self.settings.smtp_port
        if self.settings.smtp_security == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
        return smtplib.SMTP(host, port, timeout=SECONDS)

    def _greet(self, server: smtplib.SMTP) -> None:
        if self.settings.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if self.settings.smtp_user:
            server.login(self.settings.smtp_user, self.settings.smtp_password.get_secret_value())


class Webhook:
    """POSTs the message as JSON. At least once; the Idempotency-Key lets the receiver drop a repetition."""

    def __init__(self, settings: Settings) -> None:
        """Remember secret and allowed networks."""
        self.settings = settings

    def send(self, notice: Notice) -> None:
        """POST and wait for the answer."""
        body = json.dumps(
            {"event": notice.event.value, "subject": notice.subject, "text": notice.text, **notice.data}, ensure_ascii=True
        ).encode()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "beimwort",
            "Idempotency-Key": hashlib.sha256(notice.key.encode()).hexdigest(),
        }
        secret = self.settings.webhook_secret.get_secret_value()
        if secret:
            headers["X-Beimwort-Signature"] = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        try:
            status = asyncio.run(self._post(notice.recipient, body, headers))
        except PrivateAddressError as error:
            raise NotTakenError(str(error), permanent=True) from error
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError, ValueError) as error:
            raise NotTakenError(f"{notice.recipient!r} is no web address.", permanent=True) from error
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise NotTakenError(f"{notice.recipient}: {error or type(error).__name__}") from error
        if not 200 <= status < 300:  # noqa: PLR2004  the class of HTTP answers that mean "taken"
            permanent = 300 <= status < PERMANENT and status not in TRY_AGAIN  # noqa: PLR2004  redirects and refusals
            raise NotTakenError(f"{notice.recipient} answered with status {status}.", permanent=permanent)

    async def _post(self, address: str, body: bytes, headers: Mapping[str, str]) -> int:
        # Checked as the client reads it: full-width digits and ideographic full stops are a number too.
        url = URL(address)
        check_host(str(url), self.settings.allowed_networks)
        connector = aiohttp.TCPConnector(resolver=GuardedResolver(self.settings.allowed_networks), use_dns_cache=False)
        timeout = aiohttp.ClientTimeout(total=SECONDS)
        async with (
            aiohttp.ClientSession(connector=connector, timeout=timeout) as client,
            client.post(url, data=body, headers=dict(headers), allow_redirects=False) as response,
        ):
            return response.status


def channels_for(settings: Settings) -> dict[str, Channel]:
    """All channels by name; a message of an earlier setting is still sent over its own."""
    return {"console": Console(), "smtp": Smtp(settings), "webhook": Webhook(settings)}


def _is_permanent(code: int) -> bool:
    """Whether trying again is of no use; a wrong password is ours to mend, so such mail waits."""
    return code >= PERMANENT and code not in WRONG_LOGIN


def _accepted(code: int, reply: bytes) -> None:
    if not 200 <= code < 400:  # noqa: PLR2004  SMTP: 2xx done, 3xx go on
        raise smtplib.SMTPResponseException(code, reply)


def _leave(server: smtplib.SMTP) -> None:
    """Say goodbye. The mail is taken by now, whatever the server answers."""
    with suppress(OSError, smtplib.SMTPException):
        server.quit()


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
