"""What an operator may set, read once from the environment (or a `.env` file beside the call) and passed along from there."""

import os
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

CHECKOUT = Path(__file__).resolve().parent.parent
CHANNELS = ("console", "smtp", "webhook")

ChannelName = Literal["console", "smtp", "webhook"]


class SettingsError(Exception):
    """A setting that cannot be used; the message names it, its value and what to do."""


def default_data_folder() -> Path:
    """`var/` in a checkout, else the user's data folder by the XDG rules."""
    if (CHECKOUT / "pyproject.toml").is_file():
        return CHECKOUT / "var"
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "beimwort"


class Settings(BaseSettings):
    """The configuration of one installation. Every field can be set as BEIMWORT_<NAME>; the database also as DATABASE_URL."""

    model_config = SettingsConfigDict(env_prefix="BEIMWORT_", env_file=".env", extra="ignore", frozen=True, populate_by_name=True)

    installation: str = Field(default="beimwort", description="Name of this installation in messages and mail.")
    data: Path = Field(
        default_factory=default_data_folder, description="Folder of the embedded database and of a desk's own sources."
    )
    database_url: str = Field(
        default="",
        repr=False,
        validation_alias=AliasChoices("DATABASE_URL", "BEIMWORT_DATABASE_URL"),
        description="SQLAlchemy address of the database; empty: SQLite in the data folder.",
    )
    demo: bool = Field(default=False, description="This is the demo: invented releases, said on every page.")
    demo_site_port: int = Field(default=8511, ge=0, le=65535, description="Port of the demo's press site on loopback.")
    language: Literal["de", "en"] = Field(default="de", description="Language of messages and of a first visit.")
    timezone: str = Field(
        default="Europe/Berlin",
        description="Time zone in which moments are shown and jobs run; deadlines always follow the calendar in Germany.",
    )
    person: str = Field(default="desk", description="Who acts on the command line unless --as says otherwise.")

    contact: str = Field(default="", description="Address (mail or web) that our user agent names to the sites we visit.")
    allowed_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=(), description="Private networks that may be visited all the same, comma separated; empty: none."
    )
    fetch_timeout: float = Field(
        default=30.0, gt=0, description="Seconds on the network for one page: connections, redirects, repetitions and the body."
    )
    fetch_connect_timeout: float = Field(default=10.0, gt=0, description="Seconds within which a host must take a connection.")
    fetch_max_bytes: int = Field(default=2 * 1024 * 1024, gt=0, description="Largest page we take, in bytes.")
    fetch_at_once: int = Field(default=32, ge=1, description="Hosts that are asked at the same time.")
    fetch_tries: int = Field(default=3, ge=1, description="Requests at most for one page of a host that fails or is busy.")
    fetch_patience: float = Field(
        default=60.0, ge=0, description="Seconds that one page waits at most for a host that fails or asks for patience."
    )
    host_pause: float = Field(default=1.0, ge=0, description="Seconds between two requests to one host.")
    collect_every: int = Field(
        default=60, ge=1, description="Minutes between two runs of a source whose declaration names none (`every_minutes`)."
    )
    collect_deadline: int = Field(
        default=120, ge=1, description="Minutes after which a run is cut short, so that no source is at work for ever."
    )

    morning_report: Literal["trouble", "always", "never"] = Field(
        default="trouble",
        description="The morning's report on sources: when there is something to say, every day, or never.",
    )
    morning_report_hour: int = Field(default=7, ge=0, le=23, description="From what o'clock on it is written.")

    channels: Annotated[tuple[ChannelName, ...], NoDecode] = Field(
        default=("console",), description="Where notices go: console, smtp, webhook; comma separated; empty: nowhere."
    )
    public_url: str = Field(default="http://127.0.0.1:8501", description="Address of the dashboard as written in messages.")
    smtp_host: str = Field(default="127.0.0.1", description="Mail server.")
    smtp_port: int = Field(default=25, ge=1, le=65535, description="Its port.")
    smtp_security: Literal["none", "starttls", "tls"] = Field(default="starttls", description="How the mail server is spoken to.")
    smtp_user: str = Field(default="", description="Account on the mail server; empty: no login.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Its password.")
    smtp_from: str = Field(default="beimwort@localhost", description="Sender of our mail.")
    smtp_to: Annotated[tuple[str, ...], NoDecode] = Field(default=(), description="Recipients, comma separated.")
    webhook_url: str = Field(default="", description="Where webhook messages go.")
    webhook_secret: SecretStr = Field(default=SecretStr(""), description="Key of the HMAC signature of webhook bodies.")

    @field_validator("allowed_networks", "channels", "smtp_to", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @property
    def database(self) -> str:
        """The database's address; without one of its own, a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data / 'beimwort.sqlite3'}"

    @property
    def own_sources(self) -> Path:
        """The folder of a desk's own source declarations; it may be missing."""
        return self.data / "sources"


def load_settings(**overrides: object) -> Settings:
    """The settings of this process.

    Raises `SettingsError` naming each unusable setting.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # pydantic checks the values
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in problem['loc']) or 'settings'}: {problem['msg']} (given: {problem['input']!r})"
            for problem in error.errors()
        )
        raise SettingsError(f"Cannot use the settings: {wrong}. Correct the environment variable or the .env file.") from error
