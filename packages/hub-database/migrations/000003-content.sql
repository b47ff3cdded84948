-- Everything personal lies in `content`, encrypted under a key per referral whose wrapped form lies in `vault`:
-- erasing the key erases the person.
create schema content;
create schema vault;

create table content.message (
  message_id uuid primary key,
  referral_id uuid not null,
  sealed bytea not null
);
comment on table content.message is 'retention: content. Signed messages as they are, encrypted: referrals by referral id, dispatches and feedback by their own id.';
create index message_referral on content.message (referral_id);
-- Ciphertext does not compress.
alter table content.message alter column sealed set storage external;
alter table content.message set (toast_tuple_target = 8160);

-- Partitions are small, so that erasing one key can rewrite the few pages around it, and no copy of it stays behind.
create table vault.content_key (
  referral_id uuid primary key,
  wrapping_key_id text not null,
  wrapped bytea not null
) partition by hash (referral_id);
comment on table vault.content_key is 'retention: content. One wrapped key for each referral.';

do $$
begin
  for remainder in 0..31 loop
    execute format(
      'create table vault.content_key_%s partition of vault.content_key for values with (modulus 32, remainder %s)',
      remainder, remainder);
    execute format('comment on table vault.content_key_%s is %L', remainder, 'retention: content. A part of content_key.');
  end loop;
end $$;
