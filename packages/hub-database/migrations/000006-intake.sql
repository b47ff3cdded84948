-- The submission API reaches the database through these functions alone; each reading one takes the sender's id.
create schema intake;

create table intake.used_request (
  id uuid primary key,
  expires_at timestamptz not null
);
comment on table intake.used_request is 'retention: operational. Ids of read tokens until they expire.';
create index used_request_expiry on intake.used_request (expires_at);

create table intake.probe (
  service text primary key,
  at timestamptz not null
);
comment on table intake.probe is 'retention: operational. Written by readiness checks.';

-- Accepts a referral in one transaction: the referral, its content, its key, its receipt and its ledger event.
-- Answers with an outcome; the existing id and receipt where there is one.
create function intake.accept(
  p_id uuid, p_sender_id text, p_sender_kind text, p_referral_kind text, p_reference text, p_payload_digest text,
  p_signer_kid text, p_relation_type text, p_related_to uuid, p_urgent boolean, p_accepted_at timestamptz,
  p_receipt text, p_sealed bytea, p_wrapping_key_id text, p_wrapped_key bytea,
  p_event_id uuid, p_leaf bytea, p_salt bytea, p_details text,
  out outcome text, out referral_id uuid, out receipt text)
language plpgsql security definer set search_path = pg_catalog as $$
declare
  existing record;
begin
  if p_related_to is not null and not exists (
    select from hub.referral r where r.id = p_related_to and r.sender_id = p_sender_id) then
    outcome := 'relationUnknown';
    return;
  end if;
  insert into hub.referral (id, sender_id, sender_kind, referral_kind, provider_reference, payload_digest, signer_kid,
    relation_type, related_to, urgent, state, accepted_at)
  values (p_id, p_sender_id, p_sender_kind, p_referral_kind, p_reference, p_payload_digest, p_signer_kid,
    p_relation_type, p_related_to, p_urgent, 'accepted', p_accepted_at)
  on conflict (sender_id, provider_reference) do nothing;
  if not found then
    select r.id, r.payload_digest, r.erased_at, s.jws into existing
    from hub.referral r left join hub.submission_receipt s on s.referral_id = r.id
    where r.sender_id = p_sender_id and r.provider_reference = p_reference;
    referral_id := existing.id;
    if existing.erased_at is not null then
      outcome := 'erased';
    elsif existing.payload_digest = p_payload_digest then
      outcome := 'duplicate';
      receipt := existing.jws;
    else
      outcome := 'conflict';
    end if;
    return;
  end if;
  insert into vault.content_key (referral_id, wrapping_key_id, wrapped)
  values (p_id, p_wrapping_key_id, p_wrapped_key);
  insert into content.message (message_id, referral_id, sealed) values (p_id, p_id, p_sealed);
  insert into hub.submission_receipt (referral_id, jws) values (p_id, p_receipt);
  insert into hub.provider_event (event_id, sender_id, referral_id, kind, codes, at)
  values (p_event_id, p_sender_id, p_id, 'accepted', '{}', p_accepted_at);
  insert into ledger.opening (event_id, referral_id, salt, details) values (p_event_id, p_id, p_salt, p_details);
  insert into ledger.pending (event_id, referral_id, audience, leaf) values (p_event_id, p_id, p_sender_id, p_leaf);
  perform pg_notify('liaison_accepted', '');
  perform pg_notify('liaison_ledger', '');
  outcome := 'accepted';
  referral_id := p_id;
  receipt := p_receipt;
end $$;

-- What may be told of a sender's own referrals, by id or by the sender's reference.
create function intake.read_status(p_sender_id text, p_referral_id uuid, p_reference text)
returns table (
  referral_id uuid, provider_reference text, accepted_at timestamptz, state text, reasons text[],
  holds jsonb, information_requests jsonb, not_illegal boolean, receipt text)
language sql stable security definer set search_path = pg_catalog as $$
  select r.id, r.provider_reference, r.accepted_at,
    case when r.erased_at is not null then 'erased'
         when r.state in ('manifestlyUnfounded', 'closed') then r.state
         when exists (
             select from hub.provider_event e where e.referral_id = r.id and e.kind = 'infoRequested'
               and not exists (select from hub.referral s where s.related_to = r.id
                 and s.relation_type = 'supplement' and s.accepted_at > e.at))
           then 'infoRequested'
         else r.state end,
    coalesce((select e.codes from hub.provider_event e
      where e.referral_id = r.id and e.kind = 'manifestlyUnfounded' limit 1), '{}'),
    coalesce((select jsonb_agg(jsonb_build_object('kind', e.kind, 'until', e.until) order by e.at)
      from hub.provider_event e where e.referral_id = r.id and e.kind in ('userNoticeHold', 'noRemovalHold')), '[]'),
    coalesce((select jsonb_agg(jsonb_build_object('requestedAt', e.at, 'requested', e.codes) order by e.at)
      from hub.provider_event e where e.referral_id = r.id and e.kind = 'infoRequested'), '[]'),
    exists (select from hub.provider_event e where e.referral_id = r.id and e.kind = 'notIllegal'),
    s.jws
  from hub.referral r left join hub.submission_receipt s on s.referral_id = r.id
  where r.sender_id = p_sender_id
    and (r.id = p_referral_id or (p_referral_id is null and r.provider_reference = p_reference))
$$;

-- A sender's feed in the order of the ledger, after a position.
create function intake.read_feed(p_sender_id text, p_after bigint, p_limit integer)
returns table (
  event_id uuid, "position" bigint, at timestamptz, referral_id uuid, provider_reference text, kind text,
  codes text[], until timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select e.event_id, l."position", e.at, e.referral_id, r.provider_reference, e.kind, e.codes, e.until
  from ledger.leaf l
  join hub.provider_event e on e.event_id = l.event_id
  join hub.referral r on r.id = e.referral_id
  where l.audience = p_sender_id and l."position" > p_after
  order by l."position"
  limit least(p_limit, 500)
$$;

-- True for the first use of a token's id, false for every later one.
create function intake.use_request(p_id uuid, p_expires_at timestamptz, p_now timestamptz)
returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from intake.used_request where id in (
    select u.id from intake.used_request u where u.expires_at < p_now order by u.expires_at limit 20
    for update skip locked);
  insert into intake.used_request (id, expires_at) values (p_id, p_expires_at) on conflict do nothing;
  return found;
end $$;

create function intake.read_directory()
returns text
language sql stable security definer set search_path = pg_catalog as $$
  select jws from hub.directory_issue order by sequence desc limit 1
$$;

-- Of a refused body only a keyed HMAC and codes remain; a verified sender's refusal is also a ledger event.
create function intake.record_refusal(
  p_id uuid, p_at timestamptz, p_sender_id text, p_body_hmac bytea, p_problem text, p_codes text[], p_urgent boolean,
  p_leaf bytea, p_salt bytea, p_details text)
returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into hub.refusal (id, at, sender_id, body_hmac, problem, codes, urgent)
  values (p_id, p_at, p_sender_id, p_body_hmac, p_problem, p_codes, p_urgent);
  if p_leaf is not null then
    insert into ledger.opening (event_id, salt, details) values (p_id, p_salt, p_details);
    insert into ledger.pending (event_id, leaf) values (p_id, p_leaf);
    perform pg_notify('liaison_ledger', '');
  end if;
  -- An urgent referral that was refused has a child behind it: staff telephone the sender.
  if p_urgent and p_sender_id is not null then
    insert into hub.alarm (id, code, participant_id, subject_id, raised_at)
    values (p_id, 'urgentReferralRefused', p_sender_id, p_problem, p_at);
  end if;
end $$;

-- The real operation of a readiness check: a committed write.
create function intake.write_probe(p_service text, p_at timestamptz)
returns void
language sql security definer set search_path = pg_catalog as $$
  insert into intake.probe (service, at) values (p_service, p_at)
  on conflict (service) do update set at = excluded.at
$$;
