"""What pip says when it fails, and what to tell the person at the keyboard."""

from __future__ import annotations

import re

LOCKED = "Python 3.11 to 3.14 on Linux, Windows and Apple silicon"
AGAIN = "What is done is kept: the same command goes on from there."
# What pip says when it fails, and what to tell; the first that is found counts. pip also reports an
# unreachable index as "no matching distribution", so the network comes before it.
CAUSES = (
    (
        r"No space left on device|Disk quota exceeded|not enough space on the disk",
        f"the disk is full. Free about 1 GB. {AGAIN}",
    ),
    (
        r"DO NOT MATCH THE HASHES",
        "a downloaded package is not the one in the lock: it was damaged or exchanged on its way. "
        f"It was not installed. {AGAIN}",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerificationError",
        "the package index did not show a certificate that this machine trusts. Behind a company "
        "proxy, give pip its certificate (PIP_CERT).",
    ),
    (
        r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|getaddrinfo"
        r"|name resolution|Network is unreachable|Connection (?:refused|reset|aborted)|timed out",
        "the package index cannot be reached: no network, or a proxy that pip does not know. "
        f"{AGAIN}",
    ),
    (
        r"No matching distribution found for (?P<name>\S+)",
        f"the index has no ready-made {{name}} for this machine; the locks are for {LOCKED}.",
    ),
    (r"Permission denied|Access is denied", "a file could not be written (permission denied)."),
)


def cause(output: str) -> str:
    """What to tell a person whose pip printed `output` and failed; its last words where new."""
    for pattern, words in CAUSES:
        if found := re.search(pattern, output):
            return words.format(**found.groupdict())
    last = "\n".join(output.strip().splitlines()[-12:])
    return f"the last words of what failed were:\n{last}"
