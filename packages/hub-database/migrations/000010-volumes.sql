-- What the dashboard shows, at a cost that does not grow with what the hub holds.

create table audit.volume (
  subject text not null check (subject in ('referral', 'refusal', 'dispatch')),
  addressee_id text not null,
  state text not null,
  answer text not null,
  count bigint not null,
  primary key (subject, addressee_id, state, answer)
);
comment on table audit.volume is 'retention: operational. How many referrals, refusals and dispatches are in which state.';

-- Each statement adds what it changed and waits for nobody: a row that all of them count in would make them queue.
create table audit.volume_change (
  id bigint generated always as identity primary key,
  subject text not null,
  addressee_id text not null,
  state text not null,
  answer text not null,
  change bigint not null
);
comment on table audit.volume_change is 'retention: operational. What has changed since it was last added to volume.';

create function audit.count_referrals() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into audit.volume_change (subject, addressee_id, state, answer, change)
    select 'referral', '', case when a.erased_at is null then a.state else 'erased' end, '', count(*)
    from added a group by 3;
  elsif tg_op = 'UPDATE' then
    insert into audit.volume_change (subject, addressee_id, state, answer, change)
    select 'referral', '', c.state, '', sum(c.change) from (
      select case when a.erased_at is null then a.state else 'erased' end as state, 1 as change from added a
      union all
      select case when r.erased_at is null then r.state else 'erased' end, -1 from removed r) c
    group by c.state having sum(c.change) <> 0;
  else
    insert into audit.volume_change (subject, addressee_id, state, answer, change)
    select 'referral', '', case when r.erased_at is null then r.state else 'erased' end, '', -count(*)
    from removed r group by 3;
  end if;
  return null;
end $$;

create function audit.count_refusals() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into audit.volume_change (subject, addressee_id, state, answer, change)
    select 'refusal', '', a.problem, '', count(*) from added a group by a.problem;
  else
    insert into audit.volume_change (subject, addressee_id, state, answer, change)
    select 'refusal', '', r.problem, '', -count(*) from removed r group by r.problem;
  end if;
  return null;
end $$;

create function audit.count_dispatches() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into audit.volume_change (subject, addressee_id, state, answer, change)
    select 'dispatch', a.addressee_id, a.state, coalesce(a.answer, ''), count(*) from added a group by 2, 3, 4;
  elsif tg_op = 'UPDATE' then
    insert into audit.volume_change (subject, addressee_id, state, answer, change)
    select 'dispatch', c.addressee_id, c.state, c.answer, sum(c.change) from (
      select a.addressee_id, a.state, coalesce(a.answer, '') as answer, 1 as change from added a
      union all
      select r.addressee_id, r.state, coalesce(r.answer, ''), -1 from removed r) c
    group by c.addressee_id, c.state, c.answer having sum(c.change) <> 0;
  else
    insert into audit.volume_change (subject, addressee_id, state, answer, change)
    select 'dispatch', r.addressee_id, r.state, coalesce(r.answer, ''), -count(*) from removed r group by 2, 3, 4;
  end if;
  return null;
end $$;

create trigger count_added after insert on hub.referral
  referencing new table as added for each statement execute function audit.count_referrals();
create trigger count_changed after update on hub.referral
  referencing old table as removed new table as added for each statement execute function audit.count_referrals();
create trigger count_removed after delete on hub.referral
  referencing old table as removed for each statement execute function audit.count_referrals();
create trigger count_added after insert on hub.refusal
  referencing new table as added for each statement execute function audit.count_refusals();
create trigger count_removed after delete on hub.refusal
  referencing old table as removed for each statement execute function audit.count_refusals();
create trigger count_added after insert on hub.dispatch
  referencing new table as added for each statement execute function audit.count_dispatches();
create trigger count_changed after update on hub.dispatch
  referencing old table as removed new table as added for each statement execute function audit.count_dispatches();
create trigger count_removed after delete on hub.dispatch
  referencing old table as removed for each statement execute function audit.count_dispatches();

-- What was there before. The triggers' locks keep others from writing until this commits.
insert into audit.volume (subject, addressee_id, state, answer, count)
select 'referral', '', case when erased_at is null then state else 'erased' end, '', count(*) from hub.referral group by 3
union all
select 'refusal', '', problem, '', count(*) from hub.refusal group by 3
union all
select 'dispatch', addressee_id, state, coalesce(answer, ''), count(*) from hub.dispatch group by 2, 3, 4;

-- Adds up to so many changes to the figures; answers with how many it took.
create function audit.fold_volumes(p_limit integer) returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with taken as (
    delete from audit.volume_change where id = any(array(
      select c.id from audit.volume_change c order by c.id limit p_limit for update skip locked))
    returning subject, addressee_id, state, answer, change),
  folded as (
    insert into audit.volume as v (subject, addressee_id, state, answer, count)
    select t.subject, t.addressee_id, t.state, t.answer, sum(t.change) from taken t group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (subject, addressee_id, state, answer) do update set count = v.count + excluded.count)
  select count(*)::integer from taken
$$;
revoke all on function audit.fold_volumes, audit.count_referrals, audit.count_refusals, audit.count_dispatches from public;
grant execute on function audit.fold_volumes to liaison_audit;

create view audit.volumes as
  select subject, addressee_id, state, answer, sum(count)::bigint as count
  from (
    select subject, addressee_id, state, answer, count from audit.volume
    union all
    select subject, addressee_id, state, answer, change from audit.volume_change) counted
  group by subject, addressee_id, state, answer
  having sum(count) <> 0;

create index dispatch_urgent_open on hub.dispatch (sealed_at)
  where urgent and answer is null and state <> 'cancelled';
create index dispatch_parked on hub.dispatch (addressee_id, parked_at) where state = 'parked';
create index deadline_passed on hub.deadline (closed_at) where state = 'passed';

-- Who takes part is public.
create view audit.participant as select id, kind, name, country from hub.participant;

create or replace view audit.dispatch as
  select d.id, d.referral_id, d.addressee_id, p.country, d.decision_version, d.kind, d."sequence", d.urgent, d.state,
    d.refusal_code, d.attempts, d.sealed_at, d.sent_at, d.receipted_at, d.answer, d.parked_at
  from hub.dispatch d join hub.participant p on p.id = d.addressee_id;

-- When the oldest dispatch of each addressee without a receipt was sealed: one look into the index for each.
create view audit.undelivered as
  select p.id as addressee_id, (
    select d.sealed_at from hub.dispatch d
    where d.addressee_id = p.id and d.state in ('sealed', 'sending', 'sent', 'parked')
    order by d.sealed_at limit 1) as oldest_at
  from hub.participant p where p.kind in ('lawEnforcement', 'europol', 'coordinatingAuthority');

grant select on audit.volumes, audit.participant, audit.undelivered to liaison_audit;
