"""The ledger of Liaison, checked offline: leaves, checkpoints and proofs (contracts/README.md, 7 and 8)."""

import base64
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from liaison import Refused, digest, sha256, unb64


def hash_leaf(leaf):
    return sha256(b"\x00" + leaf)


def hash_node(left, right):
    return sha256(b"\x01" + left + right)


def canonical(value):
    """RFC 8785, as far as leaves and details go: strings and whole numbers, members in ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def open_receipt_leaf(receipt, origin):
    """7: the leaf's bytes, once they are about what the receipt says."""
    leaf = unb64(receipt["ledger"]["leaf"])
    salt = unb64(receipt["ledger"]["salt"])
    details = receipt["ledger"]["details"].encode()
    event = json.loads(leaf)
    is_good = (
        canonical(event) == leaf
        and canonical(json.loads(details)) == details
        and len(salt) == 32
        and event["v"] == 1
        and event["origin"] == origin
        and event["type"] == "referralAccepted"
        and event["subjectId"] == receipt["referralId"]
        and event["at"] == receipt["acceptedAt"]
        and json.loads(details)["payloadDigest"] == receipt["payloadDigest"]
        and event["commitment"] == digest(b"liaison-event-v1" + salt + details)
    )
    if not is_good:
        raise Refused("receipt-leaf-unrelated")
    return leaf


def parse_verifier_key(text):
    name, _, rest = text.partition("+")
    hash_hex, _, encoded = rest.partition("+")
    typed = base64.b64decode(encoded, validate=True)
    key_hash = sha256(name.encode() + b"\n" + typed)[:4]
    if typed[0] != 1 or len(typed) != 33 or key_hash.hex() != hash_hex:
        raise Refused("verifier-key-wrong")
    return name, key_hash, typed[1:]


def open_checkpoint(note, log):
    """A checkpoint by a pinned key of this log: its size and root."""
    end = note.rfind("\n\n")
    if end < 0 or not note.endswith("\n"):
        raise Refused("note-malformed")
    text, lines = note[: end + 1], note[end + 2 : -1].split("\n")
    keys = {(name, key_hash): public for name, key_hash, public in map(parse_verifier_key, log["keys"])}
    signers = set()
    for line in lines:
        dash, name, encoded = line.split(" ")
        signed = base64.b64decode(encoded, validate=True)
        public = keys.get((name, signed[:4]))
        if dash != "\u2014":
            raise Refused("note-malformed")
        if public is None:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signed[4:], text.encode())
        except InvalidSignature as error:
            raise Refused("signature-wrong") from error
        signers.add(name)
    origin, size, root = text.split("\n")[:3]
    if log["origin"] not in signers:
        raise Refused("signature-missing")
    if origin != log["origin"] or str(int(size)) != size:
        raise Refused("checkpoint-malformed")
    return int(size), base64.b64decode(root, validate=True)


def verify_inclusion(leaf, proof, log):
    """8: that a leaf is where the proof says, under its signed checkpoint. Returns position and size."""
    size, root = open_checkpoint(proof["checkpoint"], log)
    node, last, value = proof["position"], size - 1, hash_leaf(leaf)
    if proof["size"] != size or not 0 <= node < size:
        raise Refused("size-wrong")
    for sibling in map(unb64, proof["hashes"]):
        if last == 0:
            raise Refused("inclusion-wrong")
        if node % 2 == 1 or node == last:
            value = hash_node(sibling, value)
            while node % 2 == 0 and node != 0:
                node, last = node // 2, last // 2
        else:
            value = hash_node(value, sibling)
        node, last = node // 2, last // 2
    if last != 0 or value != root:
        raise Refused("inclusion-wrong")
    return proof["position"], size


def verify_consistency(older, newer, proof):
    """8: that one checkpoint (size and root) is the beginning of another."""
    (old_size, old_root), (new_size, new_root) = older, newer
    hashes = [unb64(text) for text in proof["hashes"]]
    if (proof["from"], proof["to"]) != (old_size, new_size):
        raise Refused("consistency-wrong")
    if old_size in (0, new_size):
        if hashes or old_root != (new_root if old_size else sha256(b"")):
            raise Refused("consistency-wrong")
        return
    node, last = old_size - 1, new_size - 1
    while node % 2 == 1:
        node, last = node // 2, last // 2
    start = old_root if node == 0 else hashes.pop(0)
    old_value = new_value = start
    for sibling in hashes:
        if last == 0:
            raise Refused("consistency-wrong")
        if node % 2 == 1 or node == last:
            old_value, new_value = hash_node(sibling, old_value), hash_node(sibling, new_value)
            while node % 2 == 0 and node != 0:
                node, last = node // 2, last // 2
        else:
            new_value = hash_node(new_value, sibling)
        node, last = node // 2, last // 2
    if last != 0 or (old_value, new_value) != (old_root, new_root):
        raise Refused("consistency-wrong")
