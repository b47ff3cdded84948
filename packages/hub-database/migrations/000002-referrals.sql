-- Rows of participants and policies are read by every transaction: a foreign key would lock them there each time, and
-- transactions would queue for it. What refers to them comes from the directory or from the row itself.
create table hub.referral (
  id uuid primary key,
  sender_id text not null,
  sender_kind text not null,
  referral_kind text not null,
  provider_reference text not null,
  -- Null after erasure: the digest of a person's data is still that person's data.
  payload_digest text,
  signer_kid text not null,
  relation_type text check (relation_type in ('supplement', 'correction', 'withdrawal')),
  related_to uuid references hub.referral,
  urgent boolean not null,
  state text not null check (state in ('accepted', 'manifestlyUnfounded', 'forwarded', 'closed')),
  accepted_at timestamptz not null,
  decided_at timestamptz,
  erased_at timestamptz,
  unique (sender_id, provider_reference),
  check ((relation_type is null) = (related_to is null))
);
comment on table hub.referral is 'retention: referral. State of each accepted referral; the state row is the outbox.';

create index referral_to_decide on hub.referral (urgent desc, accepted_at) where state = 'accepted' and erased_at is null;
create index referral_reference on hub.referral (provider_reference);
create index referral_related on hub.referral (related_to) where related_to is not null;

create table hub.submission_receipt (
  referral_id uuid primary key,
  jws text not null
);
comment on table hub.submission_receipt is 'retention: content. The original receipt, given again on a retry; erased with the referral.';

create table hub.provider_event (
  event_id uuid primary key,
  sender_id text not null,
  referral_id uuid not null,
  kind text not null check (kind in ('accepted', 'infoRequested', 'manifestlyUnfounded', 'forwarded',
    'userNoticeHold', 'noRemovalHold', 'notIllegal', 'closed', 'erased')),
  codes text[] not null,
  until timestamptz,
  at timestamptz not null
);
comment on table hub.provider_event is 'retention: referral. What may be told to the sender, and nothing else.';
create index provider_event_referral on hub.provider_event (referral_id);

create table hub.refusal (
  id uuid primary key,
  at timestamptz not null,
  sender_id text,
  body_hmac bytea not null,
  problem text not null,
  codes text[] not null,
  urgent boolean not null
);
comment on table hub.refusal is 'retention: operational. Of a refused body only a keyed HMAC and codes remain.';
create index refusal_at on hub.refusal (at);

create table hub.decision (
  referral_id uuid not null references hub.referral,
  version integer not null,
  policy_version text not null,
  document jsonb not null,
  decided_at timestamptz not null,
  primary key (referral_id, version)
);
comment on table hub.decision is 'retention: referral. The explained decision, in codes and countries.';
-- Most fit a page: kept whole there, they cost neither compression nor a second table.
alter table hub.decision set (toast_tuple_target = 8160);

create table hub.notice (
  id uuid primary key,
  referral_id uuid not null references hub.referral,
  member_state text not null,
  ground text not null,
  state text not null check (state in ('decided')),
  decided_at timestamptz not null,
  unique (referral_id, member_state, ground)
);
comment on table hub.notice is 'retention: referral. Notices to Coordinating Authorities: decided, not yet sent.';
