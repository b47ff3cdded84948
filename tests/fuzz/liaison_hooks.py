"""Hooks of Schemathesis: signs what it makes, and counts what it got."""

import atexit
import json
import os
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

import requests
import schemathesis
from known import Known, chance
from signing import new_id, read_senders, sign, sign_request

senders = read_senders()
known = Known()
counts: Counter[tuple[str, int, str]] = Counter()
payloads: list[dict] = []

kind_of_referral = {"providerReport": "provider", "hotlineReferral": "hotline", "partnerReferral": "partnerCentre"}
signed_reads = ["GET /referrals", "GET /referrals/{referralId}", "GET /feed"]


def sender_of(payload):
    kind = payload.get("referralKind") if isinstance(payload, dict) else None
    wanted = kind_of_referral.get(kind) if isinstance(kind, str) else None
    return senders.get(wanted) or senders["provider"]


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Puts the referral where the document has the JWS around it: what is generated is a referral, and then signed."""
    operation = raw_schema["paths"].get("/referrals", {}).get("post")
    if operation is None:
        return
    schemas = json.loads(Path(os.environ["LIAISON_FUZZ_SCHEMAS"]).read_text(encoding="utf-8"))
    for name, schema in schemas.items():
        raw_schema["components"]["schemas"].setdefault(name, schema)
    operation["requestBody"]["content"]["application/jose"]["schema"] = {"$ref": "#/components/schemas/Referral"}


def spoil(token: str) -> str:
    """One of the ways in which a JWS may be wrong."""
    header, payload, signature = token.split(".")
    return chance.choice(
        [
            f"{header}.{payload}.{signature[:-2]}",
            f"{header}.{payload}.{signature}=",
            f"{header}.{payload}",
            f"{header}.{payload}.{signature}.{signature}",
            f"{header[:-1]}.{payload}.{signature}",
            f"{payload}.{payload}.{signature}",
            f"{header}.{header}.{signature}",
            f"{header}..{signature}",
            token[::-1],
            token.replace(".", " . "),
        ]
    )


@schemathesis.serializer("application/jose")
def serialize_jose(context, value):
    """Bytes and texts as they are; anything else as the payload of a JWS, one in twenty of them spoilt."""
    if isinstance(value, (bytes, str)):
        return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
    payload = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")
    token = sign(sender_of(value), "referral+jws", payload)
    return (spoil(token) if chance.random() < 0.05 else token).encode()


def iso(ago: timedelta) -> str:
    return (datetime.now(timezone.utc) - ago).isoformat(timespec="seconds")


@schemathesis.deserializer("application/jose", "application/x-ndjson")
def read_text(context, response):
    """A JWS and the log's lines are texts to their schemas."""
    return response.content.decode("utf-8")


def make_acceptable(payload: dict) -> dict:
    """Sets what no schema can say: who signs, a reference of its own, times that have been."""
    sender = sender_of(payload)
    changed = {
        **payload,
        "reporter": {"participantId": sender.participant_id},
        "providerReference": f"fuzz-{new_id()}",
        "issuedAt": iso(timedelta(minutes=5)),
    }
    for name in ("relation", "onBehalfOf", "occurredFrom", "occurredTo"):
        changed.pop(name, None)
    if not any(changed.get(name) for name in ("items", "persons", "networkEvents", "urls")):
        changed["networkEvents"] = [
            {"event": "upload", "ipAddress": "192.0.2.17", "occurredAt": iso(timedelta(hours=1)), "port": 40_000}
        ]
    return changed


def replace_known(case) -> None:
    for container in (case.path_parameters, case.query):
        for name in list(container or {}):
            value = known.maybe("providerReference" if name == "search" and chance.random() < 0.5 else name)
            if name == "search" and value is None:
                value = known.maybe(chance.choice(["referralId", "dispatchId"]))
            if value is not None:
                container[name] = value


@schemathesis.hook
def before_call(context, case, kwargs):
    """Makes what is right by the schema right by the rules too, mostly; leaves alone what is meant to be wrong."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    replace_known(case)
    operation = case.operation.definition.raw.get("operationId")
    if operation == "submitReferral" and isinstance(case.body, dict):
        if chance.random() < 0.8:
            case.body = make_acceptable(case.body)
        payloads.append(case.body)
        del payloads[:-200]
    if operation == "submitReferrals" and isinstance(case.body, dict) and payloads:
        if chance.random() < 0.8:
            chosen = chance.choices(payloads, k=min(len(case.body.get("referrals", [])), 12))
            changed = [make_acceptable(one) if chance.random() < 0.8 else one for one in chosen]
            case.body = {
                "referrals": [
                    sign(sender_of(one), "referral+jws", json.dumps(one).encode()) for one in changed
                ]
                or case.body["referrals"]
            }


@schemathesis.hook
def after_call(context, case, response):
    mode = case.meta.generation.mode.value if case.meta is not None else "unknown"
    operation = case.operation.definition.raw.get("operationId", "unknown")
    if case.method.upper() != case.operation.method.upper():
        operation = "other methods"
    counts[(operation, response.status_code, mode)] += 1
    if response.status_code < 300:
        try:
            known.learn(response.json())
        except ValueError:
            pass


class SignEach(requests.auth.AuthBase):
    """Signs for the very method and address that go out: a token is good for one request."""

    def __call__(self, request):
        path = request.path_url.split("?")[0]
        request.headers["Authorization"] = f"Bearer {sign_request(senders['provider'], request.method, path)}"
        return request


@schemathesis.auth(refresh_interval=None, retry_on=[]).apply_to(name=signed_reads)
class RequestAuth:
    def get(self, case, context):
        return SignEach()

    def set(self, case, data, context):
        case._auth = data


@atexit.register
def write_counts() -> None:
    path = os.environ.get("LIAISON_FUZZ_COUNTS")
    if path:
        rows = [
            {"operation": operation, "status": status, "mode": mode, "count": count}
            for (operation, status, mode), count in sorted(counts.items())
        ]
        Path(path).write_text(json.dumps(rows), encoding="utf-8")
