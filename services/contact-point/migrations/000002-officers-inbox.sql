-- What the officer's inbox lists and searches by is kept beside the signed bytes: a page of the list decodes none of them.
alter table inbox.dispatch
  add column provider_reference text not null default '',
  add column abuse_types text[] not null default '{}',
  add column certainty text not null default 'none',
  -- When somebody first looked at it.
  add column opened_at timestamptz;

-- What came before this version says the same in its signed bytes.
create function inbox.payload_of(jws text) returns jsonb language sql immutable strict as $$
  select convert_from(
    decode(rpad(p, (length(p) + 3) / 4 * 4, '='), 'base64'), 'utf8')::jsonb
  from (select translate(split_part(jws, '.', 2), '-_', '+/') as p) part
$$;
update inbox.dispatch d set
  provider_reference = r.referral ->> 'providerReference',
  abuse_types = array(select jsonb_array_elements_text(r.referral -> 'abuseTypes')),
  certainty = p.payload #>> '{decision,criminal,certainty}'
from inbox.dispatch d2
  cross join lateral (select inbox.payload_of(d2.jws) as payload) p
  cross join lateral (select inbox.payload_of(p.payload ->> 'referral') as referral) r
where d2.id = d.id;
drop function inbox.payload_of;

alter table inbox.dispatch
  alter column provider_reference drop default,
  alter column abuse_types drop default,
  alter column certainty drop default;
-- The figures beside the filters are counted without the rows and their signed bytes.
create index dispatch_figures on inbox.dispatch (state, urgent) include (opened_at, abuse_types);
create index dispatch_reference on inbox.dispatch (lower(provider_reference) text_pattern_ops);
create index dispatch_case_number on inbox.dispatch (lower(case_number) text_pattern_ops)
  where case_number is not null;
create index dispatch_referral on inbox.dispatch (referral_id);

-- Nothing of it is signed, numbered or sent before send_after: until then it can be taken back.
create table inbox.held_answer (
  id uuid primary key,
  dispatch_id uuid not null references inbox.dispatch,
  content jsonb not null,
  held_at timestamptz not null,
  send_after timestamptz not null
);
comment on table inbox.held_answer is 'retention: operational. Answers that an officer can still take back.';
create index held_answer_due on inbox.held_answer (send_after, id);
create index held_answer_dispatch on inbox.held_answer (dispatch_id);

create table inbox.reveal (
  id uuid primary key,
  dispatch_id uuid not null references inbox.dispatch,
  -- What was shown: a JSON Pointer into the referral.
  pointer text not null,
  purpose text not null,
  at timestamptz not null
);
comment on table inbox.reveal is 'retention: national. When an address was shown, and what for; never the address itself.';
create index reveal_dispatch on inbox.reveal (dispatch_id);
