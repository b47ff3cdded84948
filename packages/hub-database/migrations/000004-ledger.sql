create schema ledger;

create table ledger.pending (
  id bigint generated always as identity primary key,
  event_id uuid not null unique,
  referral_id uuid,
  audience text,
  leaf bytea not null
);
comment on table ledger.pending is 'retention: ledger. Events written with their change, not yet given a position.';

create table ledger.opening (
  event_id uuid primary key,
  referral_id uuid,
  salt bytea not null,
  details text not null
);
comment on table ledger.opening is 'retention: content. Salt and details behind a commitment; erased with the referral.';
create index opening_referral on ledger.opening (referral_id);

create table ledger.leaf (
  "position" bigint primary key,
  event_id uuid not null unique,
  referral_id uuid,
  audience text,
  leaf bytea not null,
  leaf_hash bytea not null
);
comment on table ledger.leaf is 'retention: ledger. The log: gap-free positions from 0.';
create index leaf_referral on ledger.leaf (referral_id);
create index leaf_audience on ledger.leaf (audience, "position") where audience is not null;
create index leaf_hash on ledger.leaf (leaf_hash);

create table ledger.node (
  level smallint not null,
  "index" bigint not null,
  hash bytea not null,
  primary key (level, "index")
);
comment on table ledger.node is 'retention: ledger. Roots of complete subtrees (RFC 6962), level 0 left to the leaves.';

create table ledger.checkpoint (
  size bigint primary key,
  previous_size bigint unique references ledger.checkpoint,
  root bytea not null,
  note text not null,
  signed_at timestamptz not null
);
comment on table ledger.checkpoint is 'retention: ledger. Every checkpoint that was ever signed; each names the one it grew from.';
-- The first one has no predecessor, and there is only one first.
create unique index checkpoint_first on ledger.checkpoint ((previous_size is null)) where previous_size is null;
