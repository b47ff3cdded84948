"""Signs what is generated, as the senders that the hub knows: compact JWS with the exact header of the profile."""

import json
import os
import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from joserfc import jws
from joserfc.jwk import ECKey


@dataclass(frozen=True)
class Sender:
    """One who refers, with its key and what it was told at registration."""

    participant_id: str
    kind: str
    audience: str
    origin: str
    kid: str
    key: ECKey


def _read(path: Path):
    return json.loads(path.read_text(encoding="utf-8"))


def read_senders() -> dict[str, Sender]:
    """The senders of the hub under test, by kind; empty where nothing has to be signed."""
    folder = os.environ.get("LIAISON_FUZZ_MEMBERS")
    senders: dict[str, Sender] = {}
    for member in sorted(Path(folder).iterdir()) if folder else []:
        membership = _read(member / "membership.json")
        jwk = _read(member / "private.jwks.json")["keys"][0]
        kid = jwk["kid"]
        senders.setdefault(
            membership["kind"],
            Sender(
                participant_id=membership["participantId"],
                kind=membership["kind"],
                audience=f"liaison:{membership['instance']}:{membership['hub']}",
                origin=membership["submissionApi"],
                kid=kid,
                key=ECKey.import_key({name: jwk[name] for name in ("kty", "crv", "x", "y", "d")}),
            ),
        )
    return senders


def new_id() -> str:
    """A UUIDv7 (RFC 9562)."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    text = f"{value:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


def sign(sender: Sender, typ: str, payload: bytes) -> str:
    """Signs a payload now."""
    header = {
        "alg": "ES256",
        "typ": typ,
        "kid": sender.kid,
        "iss": sender.participant_id,
        "aud": sender.audience,
        "iat": int(time.time()),
        "jti": new_id(),
    }
    registry = jws.JWSRegistry(algorithms=["ES256"], strict_check_header=False)
    return jws.serialize_compact(header, payload, sender.key, registry=registry)


def sign_request(sender: Sender, method: str, path: str) -> str:
    """A token for one read (`request+jws`)."""
    claims = {"exp": int(time.time()) + 30, "htm": method, "htu": f"{sender.origin}{path}"}
    return sign(sender, "request+jws", json.dumps(claims).encode())
