"""Addresses of pages: as identity of a release, and as the same place however a site spells it."""

from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "cHash", "pk_")
DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(address: str, base: str = "") -> str | None:
    """An address as identity: absolute, without fragment, tracking parameters and default port; None if it is no web address."""
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = host if port in {None, DEFAULT_PORTS[parts.scheme]} else f"{host}:{port}"
    # Left as written otherwise: re-coding would spoil what older sites encode in windows-1252.
    query = "&".join(part for part in parts.query.split("&") if part and not unquote(part).startswith(TRACKING))
    return urlunsplit((parts.scheme, netloc, parts.path or "/", query, ""))


def place_of(address: str) -> str:
    """An address without what differs between a site's own spellings of it: https, www, a slash at the end."""
    parts = urlsplit(address)
    return f"{(parts.hostname or '').removeprefix('www.')}:{parts.port}{parts.path.rstrip('/')}?{parts.query}"
