"""A provider, written from contracts/README.md with joserfc and requests. Every command prints one JSON object."""

import argparse
import json
import os
import pathlib
import time

import requests
from joserfc import jws
from joserfc.errors import BadSignatureError
from joserfc.jwk import ECKey
from joserfc.jws import JWSRegistry

import ledger
from liaison import Directory, audience, b64, digest, message_header, thumbprint, unb64, verify_message

# The header is closed by the gate; joserfc's own list knows neither `iss` nor `jti`.
REGISTRY = JWSRegistry(algorithms=["ES256"], strict_check_header=False)


def verify(jwk, text):
    try:
        jws.deserialize_compact(text, ECKey.import_key(jwk), registry=REGISTRY)
        return True
    except BadSignatureError:
        return False


def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def make_keys(folder):
    key = ECKey.generate_key("P-256")
    private = {name: key.as_dict(private=True)[name] for name in ("kty", "crv", "x", "y", "d")}
    public = {name: private[name] for name in ("kty", "crv", "x", "y")}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "private.jwk.json").write_text(json.dumps(private))
    os.chmod(folder / "private.jwk.json", 0o600)
    (folder / "public.jwks.json").write_text(json.dumps({"keys": [{**public, "use": "sig"}]}))
    return {"kid": thumbprint(public)}


class Provider:
    def __init__(self, membership, private):
        self.membership = membership
        self.key = ECKey.import_key(private)
        self.kid = thumbprint(private)
        self.http = requests.Session()
        self.api = membership["submissionApi"]

    def sign(self, typ, payload):
        return jws.serialize_compact(message_header(self.membership, typ, self.kid), payload, self.key, registry=REGISTRY)

    def directory(self):
        """4, until it lists our key."""
        for _ in range(100):
            answer = self.http.get(f"{self.api}/v1/directory", timeout=10)
            directory = Directory(answer.text, self.membership, verify)
            if directory.is_current(time.time()) and (self.membership["participantId"], self.kid) in directory.keys:
                return directory, answer.text
            time.sleep(0.1)
        raise SystemExit("the directory does not list our key")

    def read(self, path, query=None):
        """6: with a token of its own for each read."""
        claims = {"exp": int(time.time()) + 30, "htm": "GET", "htu": self.api + path}
        token = self.sign("request+jws", json.dumps(claims).encode())
        answer = self.http.get(
            self.api + path, params=query, headers={"Authorization": f"Bearer {token}"}, timeout=10
        )
        answer.raise_for_status()
        return answer.json()

    def open_receipt(self, text, payload, directory):
        """7: what the receipt says, once it is the hub's, ours, and about these bytes."""
        receipt = json.loads(unverified_payload(text))
        choose = directory.valid_at_acceptance(self.membership["hub"], receipt["acceptedAt"])
        to = audience(self.membership, self.membership["participantId"])
        _, receipt, _ = verify_message(text, "submission-receipt+jws", to, choose, verify)
        if receipt["payloadDigest"] != digest(payload):
            raise SystemExit("the receipt is about another payload")
        ledger.open_receipt_leaf(receipt, self.membership["log"]["origin"])
        return receipt


def unverified_payload(text):
    return unb64(text.split(".")[1])


def said(status, body, payload, provider, directory):
    if status not in (200, 201):
        return {"status": status, "code": body["code"], "faults": body.get("faults", []), "existing": body.get("existing")}
    receipt = provider.open_receipt(body["receipt"], payload, directory)
    if receipt["referralId"] != body["referralId"]:
        raise SystemExit("the receipt is about another referral")
    return {"status": status, "referralId": body["referralId"], "receipt": body["receipt"]}


def submit(provider, paths):
    directory, _ = provider.directory()
    results = []
    for path in paths:
        payload = pathlib.Path(path).read_bytes()
        answer = provider.http.post(
            f"{provider.api}/v1/referrals",
            data=provider.sign("referral+jws", payload),
            headers={"Content-Type": "application/jose"},
            timeout=10,
        )
        results.append(said(answer.status_code, answer.json(), payload, provider, directory))
    return {"results": results}


def submit_batch(provider, paths):
    directory, _ = provider.directory()
    payloads = [pathlib.Path(path).read_bytes() for path in paths]
    answer = provider.http.post(
        f"{provider.api}/v1/referrals/_batch",
        json={"referrals": [provider.sign("referral+jws", payload) for payload in payloads]},
        timeout=30,
    )
    answer.raise_for_status()
    results = [
        said(entry["status"], entry.get("submission") or entry["problem"], payload, provider, directory)
        for entry, payload in zip(answer.json()["results"], payloads, strict=True)
    ]
    return {"results": results}


def follow_feed(provider, count, limit):
    """6: page after page until so many events have come, then once more to see that nothing is behind them."""
    events, after, pages = [], None, 0
    for _ in range(200):
        query = {"limit": limit, **({} if after is None else {"after": after})}
        page = provider.read("/v1/feed", query)
        events, after, pages = events + page["events"], page["next"], pages + 1
        if not page["events"]:
            if len(events) >= count:
                return {"events": events, "pages": pages}
            time.sleep(0.1)
    raise SystemExit("the feed does not come")


def keep_checkpoint(provider, folder):
    """8: the log as it is now, to hold it to later."""
    log = provider.membership["log"]
    note = provider.http.get(f"{log['url']}/log/checkpoint", timeout=10).text
    size, _ = ledger.open_checkpoint(note, log)
    (folder / "checkpoint.txt").write_bytes(note.encode())
    return {"size": size}


def fetch_evidence(provider, receipts, folder):
    """8: keeps everything that a proof needs, and waits until the log has the leaves."""
    _, signed_directory = provider.directory()
    log = provider.membership["log"]
    older = (folder / "checkpoint.txt").read_bytes().decode()
    evidence = []
    for receipt in receipts:
        leaf = ledger.open_receipt_leaf(json.loads(unverified_payload(receipt)), log["origin"])
        for _ in range(100):
            query = {"leafHash": b64(ledger.hash_leaf(leaf))}
            answer = provider.http.get(f"{log['url']}/log/inclusion-proof", params=query, timeout=10)
            if answer.status_code == 200:
                break
            time.sleep(0.1)
        evidence.append({"receipt": receipt, "proof": answer.json()})
    newer = provider.http.get(f"{log['url']}/log/checkpoint", timeout=10).text
    sizes = [ledger.open_checkpoint(note, log)[0] for note in (older, newer)]
    query = {"from": sizes[0], "to": sizes[1]}
    consistency = provider.http.get(f"{log['url']}/log/consistency-proof", params=query, timeout=10).json()
    kept = {"directory": signed_directory, "evidence": evidence, "older": older, "newer": newer, "consistency": consistency}
    (folder / "evidence.json").write_text(json.dumps(kept))
    return {"sizes": sizes}


def prove(provider, payload_paths, folder):
    """7 and 8 from files alone: nothing here opens a connection."""
    kept = load(folder / "evidence.json")
    directory = Directory(kept["directory"], provider.membership, verify)
    log = provider.membership["log"]
    proven = []
    for path, entry in zip(payload_paths, kept["evidence"], strict=True):
        receipt = provider.open_receipt(entry["receipt"], pathlib.Path(path).read_bytes(), directory)
        leaf = ledger.open_receipt_leaf(receipt, log["origin"])
        position, size = ledger.verify_inclusion(leaf, entry["proof"], log)
        proven.append({"referralId": receipt["referralId"], "position": position, "size": size})
    checkpoints = [ledger.open_checkpoint(kept[name], log) for name in ("older", "newer")]
    ledger.verify_consistency(*checkpoints, kept["consistency"])
    return {"proven": proven, "sizes": [size for size, _ in checkpoints]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("keys", "submit", "batch", "status", "feed", "checkpoint", "evidence", "prove"):
        command = commands.add_parser(name)
        command.add_argument("--folder", type=pathlib.Path, required=True, help="keys, membership.json, evidence")
        command.add_argument("--count", type=int, default=0)
        command.add_argument("--limit", type=int, default=100)
        command.add_argument("paths", nargs="*", help="payloads; receipts; referral ids")
    options = parser.parse_args()
    folder = options.folder
    if options.command == "keys":
        print(json.dumps(make_keys(folder)))
        return
    provider = Provider(load(folder / "membership.json"), load(folder / "private.jwk.json"))
    results = {
        "submit": lambda: submit(provider, options.paths),
        "batch": lambda: submit_batch(provider, options.paths),
        "status": lambda: provider.read(f"/v1/referrals/{options.paths[0]}"),
        "feed": lambda: follow_feed(provider, options.count, options.limit),
        "checkpoint": lambda: keep_checkpoint(provider, folder),
        "evidence": lambda: fetch_evidence(provider, options.paths, folder),
        "prove": lambda: prove(provider, options.paths, folder),
    }
    print(json.dumps(results[options.command]()))


if __name__ == "__main__":
    main()
