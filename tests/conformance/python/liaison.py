"""What every message of Liaison shares: ids, digests, the gate, the directory and its keys.

Written from contracts/README.md; the numbers in the comments are its chapters. No JOSE library here: who verifies a
signature brings a function for it.
"""

import base64
import datetime
import hashlib
import json
import os
import re
import time

UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
PARTICIPANT = re.compile(r"[a-z][a-z0-9-]{1,62}")
THUMBPRINT = re.compile(r"[A-Za-z0-9_-]{43}")
KIB = 1024


class Refused(Exception):
    """A message that is not believed, with the code of chapter 12 where it has one."""

    def __init__(self, code, why=""):
        super().__init__(f"{code} {why}".strip())
        self.code = code


# 1: words that every message shares


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text):
    """Decodes base64url that is the only spelling of its bytes."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise Refused("jws-malformed", "base64url") from error
    if not text or b64(data) != text:
        raise Refused("jws-malformed", "base64url")
    return data


def sha256(data):
    return hashlib.sha256(data).digest()


def digest(data):
    return "sha-256:" + b64(sha256(data))


def uuid7():
    random = int.from_bytes(os.urandom(10), "big")
    value = time.time_ns() // 1_000_000 << 80 | 7 << 76 | (random >> 68) << 64 | 2 << 62 | random & (1 << 62) - 1
    text = f"{value:032x}"
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


def utc_now():
    now = datetime.datetime.now(datetime.timezone.utc)
    return now.strftime("%Y-%m-%dT%H:%M:%S.") + f"{now.microsecond // 1000:03d}Z"


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def audience(membership, participant):
    return f"liaison:{membership['instance']}:{participant}"


def thumbprint(jwk):
    members = '{"crv":"%s","kty":"%s","x":"%s","y":"%s"}' % (jwk["crv"], jwk["kty"], jwk["x"], jwk["y"])
    return b64(sha256(members.encode()))


# 14: the gate


def _judge(value, depth):
    if depth > 24:
        raise ValueError("too deep")
    if isinstance(value, str):
        # Lone surrogates do not encode; noncharacters are named by their code points.
        value.encode()
        if any(0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE for char in value):
            raise ValueError("noncharacter")
    elif isinstance(value, int) and not isinstance(value, bool) and abs(value) > 2**53 - 1:
        raise ValueError("number")
    elif isinstance(value, float) and value in (float("inf"), float("-inf")):
        raise ValueError("number")
    elif isinstance(value, list):
        for entry in value:
            _judge(entry, depth + 1)
    elif isinstance(value, dict):
        for name, entry in value.items():
            _judge(name, depth)
            _judge(entry, depth + 1)


def _no_name_twice(pairs):
    members = dict(pairs)
    if len(members) != len(pairs) or "__proto__" in members:
        raise ValueError("a name twice")
    return members


def _no_constant(name):
    raise ValueError(name)


def parse_object(data):
    """Reads bytes as an I-JSON object."""
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_no_name_twice, parse_constant=_no_constant)
        _judge(value, 0)
    except (ValueError, RecursionError) as error:
        raise Refused("jws-malformed", "json") from error
    if not isinstance(value, dict):
        raise Refused("jws-malformed", "json")
    return value


def read_jws(text, typ, max_bytes=180 * KIB):
    """Passes a JWS through the gate. Returns its header, payload, digest; nothing is believed yet."""
    if len(text) > max_bytes:
        raise Refused("jws-malformed", "size")
    parts = text.split(".")
    if len(parts) != 3:
        raise Refused("jws-malformed", "parts")
    header_bytes, payload_bytes, signature = (unb64(part) for part in parts)
    header = parse_object(header_bytes)
    good = (
        len(header_bytes) <= KIB
        and set(header) == {"alg", "typ", "kid", "iss", "aud", "iat", "jti"}
        and header["alg"] == "ES256"
        and header["typ"] == typ
        and isinstance(header["aud"], str)
        and type(header["iat"]) is int
        and all(
            isinstance(header[name], str) and form.fullmatch(header[name])
            for name, form in [("kid", THUMBPRINT), ("iss", PARTICIPANT), ("jti", UUID7)]
        )
    )
    payload = parse_object(payload_bytes)
    if not good or len(signature) != 64 or set(header) & set(payload):
        raise Refused("jws-malformed", "header or signature")
    return header, payload, digest(payload_bytes)


def verify_message(text, typ, to, choose_key, verify, max_bytes=180 * KIB):
    """3: gate, key from the directory, signature, audience. `verify(jwk, jws)` says whether the signature holds."""
    header, payload, payload_digest = read_jws(text, typ, max_bytes)
    jwk = choose_key(header)
    if not verify(jwk, text):
        raise Refused("signature-invalid")
    if header["aud"] != to:
        raise Refused("audience-wrong")
    return header, payload, payload_digest


# 4: the directory


class Directory:
    """A verified directory."""

    def __init__(self, jws, membership, verify):
        anchors = {thumbprint(jwk): jwk for jwk in membership["anchors"]}

        def choose_key(header):
            if header["kid"] not in anchors:
                raise Refused("key-unknown")
            return anchors[header["kid"]]

        header, document, _ = verify_message(
            jws.strip(), "directory+jws", audience(membership, "everyone"), choose_key, verify, 8 * KIB * KIB
        )
        if document["instance"] != membership["instance"] or document["hub"] != header["iss"]:
            raise Refused("audience-wrong", "instance")
        self.document = document
        self.keys = {
            (participant["id"], key["kid"]): key
            for participant in document["participants"]
            for key in participant["keys"]
        }

    def is_current(self, now):
        return now < seconds(self.document["expiresAt"])

    def signing_key(self, header, judge, signer=None):
        key = self.keys.get((header["iss"], header["kid"]))
        if key is None or (signer is not None and header["iss"] != signer):
            raise Refused("key-unknown")
        if key["use"] != "sig" or header["typ"] not in key["types"]:
            raise Refused("key-unknown", "use")
        if not judge(key):
            raise Refused("key-not-valid")
        return key["jwk"]

    def valid_now(self, signer):
        now = time.time()
        return lambda header: self.signing_key(header, lambda key: is_valid(key, now), signer)

    def valid_at_acceptance(self, signer, accepted_at):
        at = seconds(accepted_at)

        def judge(key):
            revoked = key["revoked"]
            if revoked is not None and seconds(revoked["at"]) + 11 * 60 <= at:
                return False
            return seconds(key["notBefore"]) <= at and at - 60 <= seconds(key["notAfter"])

        return lambda header: self.signing_key(header, judge, signer)

    def encryption_key(self, participant):
        now = time.time()
        keys = [
            key
            for (owner, _), key in self.keys.items()
            if owner == participant and key["use"] == "enc" and "parcel+jwe" in key["types"] and is_valid(key, now)
        ]
        return max(keys, key=lambda key: seconds(key["notBefore"]))


def is_valid(key, now):
    return key["revoked"] is None and seconds(key["notBefore"]) <= now <= seconds(key["notAfter"])


def message_header(membership, typ, kid, jti=None):
    """3: the seven members, for a message to the hub."""
    return {
        "alg": "ES256",
        "typ": typ,
        "kid": kid,
        "iss": membership["participantId"],
        "aud": audience(membership, membership["hub"]),
        "iat": int(time.time()),
        "jti": jti or uuid7(),
    }
