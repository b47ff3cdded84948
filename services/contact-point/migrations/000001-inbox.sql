-- A contact point's own database: what it received is its own, under its own law.
create schema inbox;

create table inbox.dispatch (
  id uuid primary key,
  referral_id uuid not null,
  kind text not null,
  "sequence" integer not null,
  in_reply_to uuid,
  urgent boolean not null,
  sender_id text not null,
  policy_version text not null,
  digest text not null,
  jws text not null,
  sender_key_revoked_since timestamptz,
  accepted_at timestamptz not null,
  received_at timestamptz not null,
  state text not null check (state in ('new', 'acknowledged', 'declined', 'closed')),
  case_number text,
  answer_count integer not null default 0
);
-- Signed text hardly compresses, and most of it fits a page.
alter table inbox.dispatch alter column jws set storage external;
alter table inbox.dispatch set (toast_tuple_target = 8160);
comment on table inbox.dispatch is 'retention: national. Dispatches as signed; personal data.';
create index dispatch_order on inbox.dispatch ((not urgent), received_at, id);
create index dispatch_state on inbox.dispatch (state, (not urgent), received_at, id);

create table inbox.parcel (
  digest text primary key,
  parcel_id uuid,
  receipt text not null,
  received_at timestamptz not null
);
comment on table inbox.parcel is 'retention: operational. The receipt for each parcel, the same again for the same parcel.';

create table inbox.security_event (
  id uuid primary key,
  code text not null,
  subject_id text,
  at timestamptz not null
);
comment on table inbox.security_event is 'retention: operational. What should not have come.';

create table inbox.quarantined_record (
  topic text not null,
  "offset" bigint not null,
  digest text not null,
  codes text[] not null,
  at timestamptz not null,
  primary key (topic, "offset")
);
comment on table inbox.quarantined_record is 'retention: operational. Records that could not be worked on.';

create table inbox.answer (
  id uuid primary key,
  feedback_id uuid not null unique,
  dispatch_id uuid not null references inbox.dispatch,
  kind text not null,
  "sequence" integer not null,
  content_digest text not null,
  digest text not null,
  jws text not null,
  state text not null check (state in ('queued', 'sending', 'sent', 'receipted', 'refused')),
  refusal_code text,
  lease_until timestamptz,
  answered_at timestamptz not null,
  unique (dispatch_id, "sequence")
);
comment on table inbox.answer is 'retention: national. Answers as signed.';
create index answer_to_send on inbox.answer (answered_at) where state in ('queued', 'sending');

create table inbox.outgoing_receipt (
  parcel_digest text primary key references inbox.parcel,
  lease_until timestamptz,
  sent_at timestamptz,
  queued_at timestamptz not null
);
comment on table inbox.outgoing_receipt is 'retention: operational. Receipts that wait to be sent.';
create index outgoing_receipt_to_send on inbox.outgoing_receipt (queued_at) where sent_at is null;

create table inbox.outgoing_parcel (
  digest text primary key,
  feedback_ids uuid[] not null,
  packed_at timestamptz not null
);
comment on table inbox.outgoing_parcel is 'retention: operational. Which feedback travelled under which digest.';

create table inbox.probe (
  service text primary key,
  at timestamptz not null
);
comment on table inbox.probe is 'retention: operational. Written by readiness checks.';
