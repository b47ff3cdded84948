create schema hub;

create table hub.participant (
  id text primary key,
  kind text not null check (kind in
    ('provider', 'hotline', 'partnerCentre', 'lawEnforcement', 'coordinatingAuthority', 'europol', 'hub')),
  name text not null,
  country text,
  establishment text,
  legal_representative text,
  duty_phone text,
  contact text,
  schema_versions text[] not null,
  dispatch_kinds text[] not null,
  registered_at timestamptz not null,
  changed_at timestamptz not null
);
comment on table hub.participant is 'retention: evidence. Who takes part; public.';

-- One law-enforcement contact point for each Member State, one Europol, one hub.
create unique index participant_contact_point on hub.participant (country) where kind = 'lawEnforcement';
create unique index participant_single on hub.participant (kind) where kind in ('europol', 'hub');

create table hub.participant_key (
  participant_id text not null references hub.participant,
  kid text not null,
  use text not null check (use in ('sig', 'enc')),
  types text[] not null,
  jwk jsonb not null,
  not_before timestamptz not null,
  not_after timestamptz not null,
  revoked_since timestamptz,
  revoked_at timestamptz,
  primary key (participant_id, kid),
  check ((revoked_since is null) = (revoked_at is null))
);
comment on table hub.participant_key is 'retention: evidence. Retired keys stay as long as evidence lives.';

-- A key belongs to one participant alone: a kid of another participant must never verify.
create unique index participant_key_kid on hub.participant_key (kid);

create table hub.directory_issue (
  sequence bigint primary key,
  jws text not null,
  content_digest text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null
);
comment on table hub.directory_issue is 'retention: operational. The last issues of the signed directory.';

create table hub.policy (
  version text primary key,
  document jsonb not null,
  digest text not null,
  activated_at timestamptz not null
);
comment on table hub.policy is 'retention: evidence. Every routing policy that was ever applied.';
