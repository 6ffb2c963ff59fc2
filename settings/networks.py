"""Which addresses may be visited: never a private network, unless the operator's `allowed_networks` names it.

The address that is really connected to is checked, not the name that was typed: `2130706433`, `127.1` and a name that
resolves to loopback all end here. `ipaddress.is_private` alone misses carrier networks, multicast and embedded IPv4.
"""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

# IANA special-purpose registries (RFC 6890 and successors), multicast, and the IPv6 forms that embed an IPv4 address.
REFUSED = tuple(
    ip_network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "::/96",  # unspecified, loopback, and the old form that embeds an IPv4 address
        "::ffff:0:0/96",
        "::ffff:0:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "100:0:0:1::/64",
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "3fff::/20",
        "5f00::/16",
        "fc00::/7",
        "fe80::/10",
        "fec0::/10",
        "ff00::/8",
    )
)


class PrivateAddressError(Exception):
    """An address in a network that must not be visited; the message says how an operator can allow it."""


def is_allowed(address: IPv4Address | IPv6Address, allowed: Iterable[Network] = ()) -> bool:
    """Whether a connected address may be spoken to."""
    plain = address.ipv4_mapped if isinstance(address, IPv6Address) and address.ipv4_mapped else address
    if any(plain in network for network in allowed if network.version == plain.version):
        return True
    return not any(plain in network for network in REFUSED if network.version == plain.version)


def check_address(text: str, allowed: Iterable[Network] = ()) -> None:
    """Raise `PrivateAddressError` for an IP address (as text, without port) that must not be visited."""
    address = ip_address(text.split("%", 1)[0])
    if not is_allowed(address, allowed):
        raise PrivateAddressError(
            f"{text} is in a private or reserved network and is not visited. "
            "An operator can allow it with BEIMWORT_ALLOWED_NETWORKS."
        )
