-- One role for each hub service, with no more than it needs; the users that log in are made members of it.
do $$
declare
  role_name text;
begin
  foreach role_name in array array['liaison_submission_api', 'liaison_router', 'liaison_audit'] loop
    begin
      execute format('create role %I nologin', role_name);
    exception when duplicate_object or unique_violation then
      -- Roles belong to the whole server; another database of it has made them.
      null;
    end;
  end loop;
  execute format('revoke all on database %I from public', current_database());
end $$;

revoke all on schema public from public;

grant usage on schema intake to liaison_submission_api;
revoke all on all functions in schema intake from public;
grant execute on all functions in schema intake to liaison_submission_api;

grant usage on schema intake to liaison_router, liaison_audit;
grant execute on function intake.write_probe to liaison_submission_api, liaison_router, liaison_audit;

grant usage on schema hub, content, vault, ledger to liaison_router;
grant select on all tables in schema hub to liaison_router;
grant insert on hub.decision, hub.notice, hub.dispatch, hub.unenrolled, hub.parcel, hub.feedback, hub.outgoing_receipt,
  hub.quarantined_record, hub.deadline, hub.alarm, hub.provider_event, hub.directory_issue to liaison_router;
grant update (state, decided_at) on hub.referral to liaison_router;
grant update (state, refusal_code, parked_at, attempts, next_attempt_at, lease_until, sent_at, receipted_at, answer,
  answer_sequence) on hub.dispatch to liaison_router;
grant update (resolved_at) on hub.unenrolled to liaison_router;
grant update (sent_at, receipted_at, code) on hub.parcel to liaison_router;
grant update (lease_until, sent_at) on hub.outgoing_receipt to liaison_router;
grant update (state, closed_at) on hub.deadline to liaison_router;
grant update (cleared_at) on hub.alarm to liaison_router;
grant delete on hub.directory_issue to liaison_router;
grant select, insert on content.message to liaison_router;
grant select on vault.content_key to liaison_router;
grant insert on ledger.pending, ledger.opening to liaison_router;
grant select on ledger.checkpoint to liaison_router;

grant usage on schema ledger, audit to liaison_audit;
grant select, delete on ledger.pending to liaison_audit;
grant select on ledger.opening, ledger.leaf, ledger.node, ledger.checkpoint to liaison_audit;
grant insert on ledger.leaf, ledger.node, ledger.checkpoint to liaison_audit;
grant select on all tables in schema audit to liaison_audit;
