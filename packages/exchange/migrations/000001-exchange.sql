-- An append-only log between organisations. Participants reach it only through the functions below, each of which
-- checks who has logged in (session_user); packages/exchange/SQL.md is their contract.

create table exchange.topic (
  topic_id integer generated always as identity primary key,
  name text not null unique check (name ~ '^[a-zA-Z0-9._-]{1,249}$'),
  -- Roles by name: they belong to the whole server, a dump of this database does not hold them.
  writer text not null,
  reader text not null,
  reader_group text not null,
  next_offset bigint not null default 0
) with (fillfactor = 50);
comment on table exchange.topic is 'retention: exchange';

create table exchange.record (
  topic_id integer not null,
  "offset" bigint not null,
  key text not null,
  value bytea not null,
  headers jsonb not null,
  appended_at timestamptz not null,
  primary key (topic_id, "offset")
);
comment on table exchange.record is 'retention: exchange';
-- Values are encrypted: trying to compress them only costs time.
alter table exchange.record alter column value set storage external;

create table exchange.group_offset (
  topic_id integer not null references exchange.topic,
  group_name text not null,
  next_offset bigint not null,
  committed_at timestamptz not null,
  primary key (topic_id, group_name)
) with (fillfactor = 50);
comment on table exchange.group_offset is 'retention: exchange';

-- Which process of a group reads a topic at present. After a crash of the server it is empty, and claimed anew.
create unlogged table exchange.lease (
  topic_id integer not null,
  group_name text not null,
  member uuid not null,
  -- The session that claimed last: when it is gone, so is its process, and nobody has to wait for the lease to end.
  backend integer not null,
  expires_at timestamptz not null,
  primary key (topic_id, group_name)
) with (fillfactor = 50);
comment on table exchange.lease is 'retention: exchange';

create function exchange.append(topic text, keys text[], "values" bytea[], headers jsonb[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  amount integer := cardinality(keys);
  id integer;
  first_offset bigint;
begin
  if amount is null or amount = 0 or amount > 1000
    or cardinality("values") is distinct from amount or cardinality(headers) is distinct from amount then
    raise exception 'append takes 1 to 1000 records, each with a key, a value and headers' using errcode = '22023';
  end if;
  if exists (
    select from unnest(keys, "values", headers) as r (key, value, headers)
    where r.key is null or r.value is null or jsonb_typeof(r.headers) is distinct from 'object'
      or exists (select from jsonb_each(r.headers) as h where jsonb_typeof(h.value) <> 'string')
  ) then
    raise exception 'keys and values must not be null, headers must be objects of strings' using errcode = '22023';
  end if;
  if exists (
    select from unnest(keys, "values", headers) as r (key, value, headers)
    where octet_length(r.key) > 1024 or octet_length(r.value) > 1048576 or octet_length(r.headers::text) > 16384
  ) then
    raise exception 'a record is at most 1 MiB, its key 1 KiB, its headers 16 KiB' using errcode = '54000';
  end if;
  -- The row lock is held until commit, so the order of offsets is the order of commits and a reader misses nothing.
  update exchange.topic as t set next_offset = t.next_offset + amount
  where t.name = append.topic and t.writer = session_user
  returning t.topic_id, t.next_offset - amount into id, first_offset;
  if not found then
    raise exception 'no such topic, or not yours to write' using errcode = '42501';
  end if;
  insert into exchange.record (topic_id, "offset", key, value, headers, appended_at)
  select id, first_offset + r.position - 1, r.key, r.value, r.headers, now_.at
  from unnest(keys, "values", headers) with ordinality as r (key, value, headers, position),
    (select clock_timestamp() as at) as now_;
  perform pg_notify('t' || id, '');
  return first_offset;
end $$;

create function exchange.read(
  topic text, "group" text, from_offset bigint default null,
  max_records integer default 100, max_bytes integer default 1048576
) returns table ("offset" bigint, key text, value bytea, headers jsonb, appended_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  id integer;
  start_offset bigint;
  total_bytes bigint := 0;
  amount integer := 0;
begin
  select t.topic_id, coalesce(from_offset, g.next_offset, 0) into id, start_offset
  from exchange.topic as t
  left join exchange.group_offset as g on g.topic_id = t.topic_id and g.group_name = read."group"
  where t.name = read.topic and t.reader = session_user and t.reader_group = read."group";
  if not found then
    raise exception 'no such topic, or not yours to read as this group' using errcode = '42501';
  end if;
  for "offset", key, value, headers, appended_at in
    select r."offset", r.key, r.value, r.headers, r.appended_at from exchange.record as r
    where r.topic_id = id and r."offset" >= start_offset
    order by r."offset" limit least(max_records, 1000)
  loop
    total_bytes := total_bytes + octet_length(value);
    exit when amount > 0 and total_bytes > max_bytes;
    amount := amount + 1;
    return next;
  end loop;
end $$;

create function exchange.commit(topic text, "group" text, "offset" bigint, member uuid default null) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  id integer;
  end_offset bigint;
begin
  select t.topic_id, t.next_offset into id, end_offset from exchange.topic as t
  where t.name = commit.topic and t.reader = session_user and t.reader_group = commit."group";
  if not found then
    raise exception 'no such topic, or not yours to read as this group' using errcode = '42501';
  end if;
  if commit."offset" is null or commit."offset" not between 0 and end_offset then
    raise exception 'the offset of the next record to read lies between 0 and the end of the topic'
      using errcode = '22023';
  end if;
  if exists (
    select from exchange.lease as l
    where l.topic_id = id and l.group_name = commit."group"
      and l.expires_at > clock_timestamp() and l.member is distinct from commit.member
  ) then
    raise exception 'another member of the group reads this topic' using errcode = '55006';
  end if;
  -- A crash of the server may undo the last half second of these: their records then come again, which readers expect.
  perform set_config('synchronous_commit', 'off', true);
  insert into exchange.group_offset as g (topic_id, group_name, next_offset, committed_at)
  values (id, commit."group", commit."offset", clock_timestamp())
  on conflict (topic_id, group_name) do update
  set next_offset = excluded.next_offset, committed_at = excluded.committed_at;
  return end_offset;
end $$;

create function exchange.claim(topics text[], "group" text, member uuid, lease_ms integer default 6000)
returns setof text
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  expiry timestamptz := clock_timestamp() + least(greatest(lease_ms, 1000), 60000) * interval '1 millisecond';
begin
  return query
  with claimed as (
    insert into exchange.lease as l (topic_id, group_name, member, backend, expires_at)
    select t.topic_id, t.reader_group, claim.member, pg_backend_pid(), expiry from exchange.topic as t
    where t.name = any (claim.topics) and t.reader = session_user and t.reader_group = claim."group"
    order by t.topic_id
    on conflict (topic_id, group_name) do update
    set member = excluded.member, backend = excluded.backend, expires_at = excluded.expires_at
    where l.member = excluded.member or l.expires_at < clock_timestamp()
      or not exists (select from pg_stat_get_activity(l.backend))
    returning l.topic_id
  )
  select t.name from claimed join exchange.topic as t using (topic_id);
end $$;

create function exchange.release(topics text[], "group" text, member uuid) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  delete from exchange.lease as l using exchange.topic as t
  where t.topic_id = l.topic_id and t.name = any (release.topics) and t.reader = session_user
    and l.group_name = release."group" and l.member = release.member
$$;

create function exchange.topics() returns table (
  name text, channel text, may_write boolean, may_read boolean, "group" text, next_offset bigint, committed bigint
)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.name, 't' || t.topic_id, t.writer = session_user, t.reader = session_user, t.reader_group,
    t.next_offset, coalesce(g.next_offset, 0)
  from exchange.topic as t
  left join exchange.group_offset as g on g.topic_id = t.topic_id and g.group_name = t.reader_group
  where session_user in (t.writer, t.reader)
  order by t.name
$$;

-- Deletes the oldest records that the topic's group has committed and that are old enough; returns how many.
create function exchange.delete_received(topic text, older_than interval, max_records integer) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  amount integer;
begin
  with oldest as (
    select r.topic_id, r."offset", r.appended_at
    from exchange.topic as t
    join exchange.group_offset as g on g.topic_id = t.topic_id and g.group_name = t.reader_group
    join exchange.record as r on r.topic_id = t.topic_id and r."offset" < g.next_offset
    where t.name = delete_received.topic
      -- The hub of this topic, or who owns the exchange; others may not execute this function.
      and (session_user in (t.writer, t.reader) or pg_has_role(session_user, current_user, 'member'))
    order by r."offset" limit max_records
  )
  delete from exchange.record as r using oldest as o
  where r.topic_id = o.topic_id and r."offset" = o."offset" and o.appended_at < clock_timestamp() - older_than;
  get diagnostics amount = row_count;
  return amount;
end $$;

-- A function may be executed by everyone unless that is taken back; registration grants it to single roles.
revoke all on all functions in schema exchange from public;
