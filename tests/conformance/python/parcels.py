"""Signatures and parcels with jwcrypto (contracts/README.md, 3 and 10)."""

import json

from jwcrypto import jwe, jwk, jws
from jwcrypto.common import JWException

from liaison import KIB, THUMBPRINT, Refused, parse_object, unb64

PUBLIC = ("kty", "crv", "x", "y")


def verify(key, text):
    signed = jws.JWS()
    signed.allowed_algs = ["ES256"]
    try:
        signed.deserialize(text, jwk.JWK(**key))
        return True
    except jws.InvalidJWSSignature:
        return False


def read_header(text):
    """The gate for parcels: five parts, the closed header, fixed lengths."""
    if len(text) > 700 * KIB or text.count(".") != 4:
        raise Refused("undecryptable", "parts")
    header_bytes, encrypted_key, iv, _, tag = map(unb64, text.split("."))
    header = parse_object(header_bytes)
    is_good = (
        set(header) == {"alg", "enc", "typ", "kid", "epk"}
        and (header["alg"], header["enc"], header["typ"]) == ("ECDH-ES+A256KW", "A256GCM", "parcel+jwe")
        and isinstance(header["kid"], str)
        and THUMBPRINT.fullmatch(header["kid"])
        and isinstance(header["epk"], dict)
        and set(header["epk"]) == set(PUBLIC)
        and (len(encrypted_key), len(iv), len(tag)) == (40, 12, 16)
    )
    if not is_good:
        raise Refused("undecryptable", "header")
    return header


def decrypt(record, private_keys):
    """The plaintext of a record. What is wrong so far is `undecryptable`."""
    try:
        text = record.decode("ascii")
        private = private_keys.get(read_header(text)["kid"])
    except (Refused, UnicodeDecodeError) as error:
        raise Refused("undecryptable", "form") from error
    if private is None:
        raise Refused("undecryptable", "key")
    opened = jwe.JWE(algs=["ECDH-ES+A256KW", "A256GCM"])
    try:
        opened.deserialize(text, jwk.JWK(**{name: private[name] for name in (*PUBLIC, "d")}))
    except (JWException, ValueError) as error:
        raise Refused("undecryptable") from error
    return opened.payload


def open_parcel(record, private_keys, between):
    """Opens a parcel that the first of `between` made for the second."""
    plaintext = decrypt(record, private_keys)
    try:
        parcel = parse_object(plaintext)
    except Refused as error:
        raise Refused("parcel-malformed") from error
    if (parcel.get("from"), parcel.get("to")) != between or not parcel.get("messages"):
        raise Refused("parcel-malformed", "addressee or sender")
    return parcel


def seal_parcel(parcel, key):
    """Encrypts a parcel to a key of the directory."""
    header = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM", "typ": "parcel+jwe", "kid": key["kid"]}
    recipient = jwk.JWK(**key["jwk"])
    sealed = jwe.JWE(json.dumps(parcel).encode(), protected=json.dumps(header), recipient=recipient)
    return sealed.serialize(compact=True).encode()
