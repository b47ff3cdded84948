"""A contact point, written from contracts/README.md with jwcrypto and psycopg. Every command prints one JSON object."""

import argparse
import json
import os
import pathlib
import sqlite3
import time

import requests
from jwcrypto import jwk, jws

from exchange import open_exchange
from liaison import (
    KIB,
    Directory,
    Refused,
    audience,
    digest,
    message_header,
    read_jws,
    thumbprint,
    utc_now,
    uuid7,
    verify_message,
)
from parcels import PUBLIC, open_parcel, seal_parcel, verify

def load(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8"))


def make_keys(folder, uses):
    """Makes keys beside those that are there; the public ones of this time stand in public.jwks.json."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "private.json"
    private = load(path) if path.exists() else []
    made = []
    for use in uses:
        key = json.loads(jwk.JWK.generate(kty="EC", crv="P-256").export_private())
        made.append({"use": use, **{name: key[name] for name in (*PUBLIC, "d")}})
    path.write_text(json.dumps(private + made))
    os.chmod(path, 0o600)
    public = [{name: key[name] for name in (*PUBLIC, "use")} for key in made]
    (folder / "public.jwks.json").write_text(json.dumps({"keys": public}))
    return {"kids": [thumbprint(key) for key in made]}


class ContactPoint:
    def __init__(self, folder):
        self.membership = load(folder / "membership.json")
        keys = load(folder / "private.json")
        self.signing = next(key for key in keys if key["use"] == "sig")
        self.decryption = {thumbprint(key): key for key in keys if key["use"] == "enc"}
        self.hub = self.membership["hub"]
        self.me = self.membership["participantId"]
        self.place = self.membership["exchange"]
        self.inbox = sqlite3.connect(folder / "inbox.sqlite")
        self.inbox.executescript(
            """create table if not exists parcel (digest text primary key, receipt text not null);
            create table if not exists dispatch (id text primary key, digest text not null, payload text not null,
              referral text not null, answers integer not null default 0);
            create table if not exists hub_receipt (parcel_digest text primary key, payload text not null);"""
        )
        self.exchange = open_exchange(self.place, folder)
        self.fetch_directory()

    def fetch_directory(self):
        answer = requests.get(f"{self.membership['submissionApi']}/v1/directory", timeout=10)
        self.directory = Directory(answer.text, self.membership, verify)
        if not self.directory.is_current(time.time()):
            raise SystemExit("the directory has expired: wait for the next")

    def sign(self, typ, payload, jti=None):
        """3: returns the JWS and the digest of its payload."""
        data = json.dumps(payload, ensure_ascii=False).encode()
        signed = jws.JWS(data)
        header = message_header(self.membership, typ, thumbprint(self.signing), jti)
        key = jwk.JWK(**{name: self.signing[name] for name in (*PUBLIC, "d")})
        signed.add_signature(key, protected=json.dumps(header))
        return signed.serialize(compact=True), digest(data)

    # 11: a dispatch

    def open_dispatch(self, text):
        to = audience(self.membership, self.me)
        header, payload, payload_digest = verify_message(
            text, "dispatch+jws", to, self.directory.valid_now(self.hub), verify, 700 * KIB
        )
        if not str(payload.get("schemaVersion")).startswith("1."):
            raise Refused("version-unknown")
        if payload.get("kind") != "referral":
            raise Refused("kind-unknown")
        try:
            referral = self.open_referral(payload)
        except Refused as error:
            is_outdated = self.directory.document["issuedAt"] <= payload["acceptedAt"]
            if error.code != "key-unknown" or not is_outdated:
                raise
            self.fetch_directory()
            referral = self.open_referral(payload)
        return header["jti"], payload_digest, payload, referral

    def open_referral(self, dispatch):
        choose = self.directory.valid_at_acceptance(dispatch["sender"]["participantId"], dispatch["acceptedAt"])
        to = audience(self.membership, self.hub)
        _, referral, _ = verify_message(dispatch["referral"], "referral+jws", to, choose, verify)
        if not str(referral.get("schemaVersion")).startswith("1."):
            raise Refused("version-unknown")
        if "providerReference" not in referral:
            raise Refused("schema-invalid")
        return referral

    def judge_message(self, text):
        """An entry of the receipt, or none where not even the id can be read."""
        try:
            dispatch_id, payload_digest, payload, referral = self.open_dispatch(text)
        except Refused as error:
            try:
                header, _, payload_digest = read_jws(text, "dispatch+jws", 700 * KIB)
            except Refused:
                return None
            return {"dispatchId": header["jti"], "digest": payload_digest, "outcome": "refused", "code": error.code}
        known = self.inbox.execute("select digest from dispatch where id = ?", (dispatch_id,)).fetchone()
        entry = {"dispatchId": dispatch_id, "digest": payload_digest, "outcome": "accepted", "code": None}
        if known is not None and known[0] != payload_digest:
            return {**entry, "outcome": "refused", "code": "id-reused"}
        self.inbox.execute(
            "insert or ignore into dispatch (id, digest, payload, referral) values (?, ?, ?, ?)",
            (dispatch_id, payload_digest, json.dumps(payload), json.dumps(referral)),
        )
        return entry

    # 12: the delivery receipt

    def receive_parcel(self, record):
        parcel_digest = digest(record)
        known = self.inbox.execute("select receipt from parcel where digest = ?", (parcel_digest,)).fetchone()
        if known is not None:
            return known[0]
        try:
            parcel = open_parcel(record, self.decryption, (self.hub, self.me))
            entries = [self.judge_message(text) for text in parcel["messages"]]
            outcome = {"parcelId": parcel["parcelId"], "outcome": "opened", "code": None}
        except Refused as error:
            entries = []
            outcome = {"parcelId": None, "outcome": "refused", "code": error.code}
        payload = {
            "schemaVersion": "1.0",
            "parcelDigest": parcel_digest,
            "receivedAt": utc_now(),
            **outcome,
            "entries": [entry for entry in entries if entry is not None],
        }
        receipt, _ = self.sign("delivery-receipt+jws", payload)
        self.inbox.execute("insert into parcel (digest, receipt) values (?, ?)", (parcel_digest, receipt))
        return receipt

    def take_hub_receipt(self, record):
        to = audience(self.membership, self.me)
        choose = self.directory.valid_now(self.hub)
        _, payload, _ = verify_message(record.decode("ascii"), "delivery-receipt+jws", to, choose, verify, 64 * KIB)
        self.inbox.execute(
            "insert or replace into hub_receipt (parcel_digest, payload) values (?, ?)",
            (payload["parcelDigest"], json.dumps(payload)),
        )

    def receive_once(self):
        """9: read, store, answer, and only then commit. Returns the receipts that were sent."""
        sent = []
        for offset, value in self.exchange.read():
            record = bytes(value)
            if record.count(b".") == 2:
                try:
                    self.take_hub_receipt(record)
                except (Refused, UnicodeDecodeError):
                    pass  # Three parts that are no receipt of the hub: nothing to answer.
                self.inbox.commit()
            else:
                receipt = self.receive_parcel(record)
                self.inbox.commit()
                self.exchange.append(receipt.encode())
                sent.append(receipt)
            self.exchange.commit(offset + 1)
        return sent

    def wait_for(self, find, timeout=45):
        receipts, deadline = [], time.time() + timeout
        while True:
            receipts += self.receive_once()
            found = find(receipts)
            if found:
                return found, receipts
            if time.time() > deadline:
                raise SystemExit("what was waited for has not come")
            self.exchange.wait()

    # 13: feedback

    def answer(self, dispatch_id, kind, members):
        row = self.inbox.execute("select payload, answers from dispatch where id = ?", (dispatch_id,)).fetchone()
        dispatch, sequence = json.loads(row[0]), row[1] + 1
        feedback_id = uuid7()
        feedback, feedback_digest = self.sign(
            "feedback+jws",
            {
                "schemaVersion": "1.0",
                "kind": kind,
                "inReplyTo": dispatch_id,
                "referralId": dispatch["referralId"],
                "sequence": sequence,
                "handling": {"handlingCode": "H0", "sourceEvaluation": "A", "informationEvaluation": "4"},
                "policyVersion": dispatch["policyVersion"],
                **members,
            },
            feedback_id,
        )
        parcel = {"parcelId": uuid7(), "from": self.me, "to": self.hub, "messages": [feedback]}
        record = seal_parcel(parcel, self.directory.encryption_key(self.hub))
        self.inbox.execute("update dispatch set answers = ? where id = ?", (sequence, dispatch_id))
        self.inbox.commit()
        self.exchange.append(record)
        find = "select payload from hub_receipt where parcel_digest = ?"
        found, _ = self.wait_for(lambda _: self.inbox.execute(find, (digest(record),)).fetchone())
        return {"feedbackId": feedback_id, "digest": feedback_digest, "receipt": json.loads(found[0])}

    def dispatches(self):
        rows = self.inbox.execute("select id, digest, payload, referral from dispatch order by id")
        return [
            {"dispatchId": row[0], "digest": row[1], "dispatch": json.loads(row[2]), "referral": json.loads(row[3])}
            for row in rows
        ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["keys", "receive", "answer"])
    parser.add_argument("--folder", type=pathlib.Path, required=True, help="keys, membership.json, inbox.sqlite")
    parser.add_argument("--use", nargs="+", default=["sig", "enc"], help="keys: which to make")
    parser.add_argument("--parcels", type=int, default=0, help="receive: wait for so many")
    parser.add_argument("--referral", help="receive: wait for the dispatch of this one")
    parser.add_argument("--dispatch", help="answer: which")
    parser.add_argument("--kind", default="acknowledged", help="answer: of which kind")
    parser.add_argument("--members", type=json.loads, default={}, help="answer: what the kind has, as JSON")
    options = parser.parse_args()
    if options.command == "keys":
        print(json.dumps(make_keys(options.folder, options.use)))
        return
    contact_point = ContactPoint(options.folder)
    if options.command == "receive":
        def have_come(receipts):
            referrals = [stored["dispatch"]["referralId"] for stored in contact_point.dispatches()]
            return len(receipts) >= options.parcels and options.referral in [None, *referrals]

        _, receipts = contact_point.wait_for(have_come)
        print(json.dumps({"receipts": receipts, "dispatches": contact_point.dispatches()}))
    else:
        print(json.dumps(contact_point.answer(options.dispatch, options.kind, options.members)))


if __name__ == "__main__":
    main()
