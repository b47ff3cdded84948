create table hub.dispatch (
  id uuid primary key,
  referral_id uuid not null references hub.referral,
  addressee_id text not null,
  decision_version integer not null,
  kind text not null,
  schema_version text not null,
  "sequence" integer not null,
  digest text not null,
  urgent boolean not null,
  state text not null check (state in ('sealed', 'sending', 'sent', 'receipted', 'parked', 'cancelled')),
  refusal_code text,
  parked_at timestamptz,
  attempts integer not null default 0,
  sealed_at timestamptz not null,
  next_attempt_at timestamptz not null,
  lease_until timestamptz,
  sent_at timestamptz,
  receipted_at timestamptz,
  answer text check (answer in ('acknowledged', 'declined', 'closed')),
  answer_sequence integer not null default 0,
  unique (referral_id, addressee_id, decision_version),
  unique (referral_id, addressee_id, "sequence")
);
comment on table hub.dispatch is 'retention: referral. One for each addressee of a decision; its signed bytes lie in content.';
create index dispatch_to_send on hub.dispatch (addressee_id, next_attempt_at) where state = 'sealed';
create index dispatch_leased on hub.dispatch (lease_until) where state = 'sending';
create index dispatch_undelivered on hub.dispatch (addressee_id, sealed_at) where state in ('sealed', 'sending', 'sent', 'parked');

create table hub.unenrolled (
  referral_id uuid not null references hub.referral,
  decision_version integer not null,
  member_state text not null,
  since timestamptz not null,
  resolved_at timestamptz,
  primary key (referral_id, decision_version, member_state)
);
comment on table hub.unenrolled is 'retention: referral. Addressees without a contact point yet: pending, never replaced by another state.';
create index unenrolled_open on hub.unenrolled (member_state) where resolved_at is null;

create table hub.parcel (
  digest text primary key,
  id uuid not null unique,
  addressee_id text not null,
  recipient_kid text not null,
  dispatch_ids uuid[] not null,
  bytes integer not null,
  packed_at timestamptz not null,
  sent_at timestamptz,
  receipted_at timestamptz,
  code text
);
comment on table hub.parcel is 'retention: operational. Which dispatches travelled under which digest.';

create table hub.feedback (
  id uuid primary key,
  referral_id uuid not null references hub.referral,
  dispatch_id uuid not null references hub.dispatch,
  sender_id text not null,
  "sequence" integer not null,
  kind text not null,
  digest text not null,
  effective boolean not null,
  received_at timestamptz not null
);
comment on table hub.feedback is 'retention: referral. What authorities answered; the signed bytes lie in content.';
create index feedback_referral on hub.feedback (referral_id);

create table hub.outgoing_receipt (
  parcel_digest text primary key,
  addressee_id text not null,
  jws text not null,
  created_at timestamptz not null,
  lease_until timestamptz,
  sent_at timestamptz
);
comment on table hub.outgoing_receipt is 'retention: operational. Receipts for feedback, the same again for the same parcel.';
create index outgoing_receipt_to_send on hub.outgoing_receipt (created_at) where sent_at is null;

create table hub.quarantined_record (
  topic text not null,
  "offset" bigint not null,
  digest text not null,
  codes text[] not null,
  at timestamptz not null,
  primary key (topic, "offset")
);
comment on table hub.quarantined_record is 'retention: operational. Records that could not be worked on; the bytes stay in the exchange.';

create table hub.deadline (
  id uuid primary key,
  referral_id uuid not null,
  dispatch_id uuid,
  kind text not null check (kind in ('dispatch', 'deliveryReceipt', 'humanAcknowledgement')),
  urgent boolean not null,
  due_at timestamptz not null,
  state text not null check (state in ('open', 'met', 'passed')),
  closed_at timestamptz
);
comment on table hub.deadline is 'retention: referral. Each step that has to happen, and whether it did.';
create index deadline_due on hub.deadline (due_at) where state = 'open';
create index deadline_dispatch on hub.deadline (dispatch_id);
create index deadline_referral on hub.deadline (referral_id) where dispatch_id is null;

create table hub.alarm (
  id uuid primary key,
  code text not null,
  participant_id text,
  subject_id text,
  raised_at timestamptz not null,
  cleared_at timestamptz
);
comment on table hub.alarm is 'retention: operational. What staff have to look at.';
create index alarm_open on hub.alarm (code, participant_id, subject_id) where cleared_at is null;
