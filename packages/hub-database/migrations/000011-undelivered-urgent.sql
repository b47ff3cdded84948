-- What operators are woken for: urgent dispatches without a receipt, found without looking through those that can wait.

create index dispatch_undelivered_urgent on hub.dispatch (addressee_id, sealed_at)
  where urgent and state in ('sealed', 'sending', 'sent', 'parked');

create or replace view audit.undelivered as
  select p.id as addressee_id, (
    select d.sealed_at from hub.dispatch d
    where d.addressee_id = p.id and d.state in ('sealed', 'sending', 'sent', 'parked')
    order by d.sealed_at limit 1) as oldest_at, (
    select d.sealed_at from hub.dispatch d
    where d.addressee_id = p.id and d.urgent and d.state in ('sealed', 'sending', 'sent', 'parked')
    order by d.sealed_at limit 1) as oldest_urgent_at
  from hub.participant p where p.kind in ('lawEnforcement', 'europol', 'coordinatingAuthority');
