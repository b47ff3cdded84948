-- What audit may read of the hub: states, codes, ids and times; nothing personal.
create schema audit;

create view audit.referral as
  select id, sender_id, sender_kind, referral_kind, provider_reference, urgent, relation_type, related_to, state,
    accepted_at, decided_at, erased_at
  from hub.referral;

create view audit.decision as
  select referral_id, version, policy_version, document, decided_at from hub.decision;

create view audit.dispatch as
  select d.id, d.referral_id, d.addressee_id, p.country, d.decision_version, d.kind, d."sequence", d.urgent, d.state,
    d.refusal_code, d.attempts, d.sealed_at, d.sent_at, d.receipted_at, d.answer
  from hub.dispatch d join hub.participant p on p.id = d.addressee_id;

create view audit.feedback as
  select id, referral_id, dispatch_id, sender_id, "sequence", kind, effective, received_at from hub.feedback;

create view audit.deadline as
  select id, referral_id, dispatch_id, kind, urgent, due_at, state, closed_at from hub.deadline;

create view audit.refusal as select at, sender_id, problem, codes, urgent from hub.refusal;

create view audit.alarm as select id, code, participant_id, subject_id, raised_at, cleared_at from hub.alarm;

create view audit.unenrolled as select referral_id, decision_version, member_state, since, resolved_at from hub.unenrolled;

create view audit.notice as select id, referral_id, member_state, ground, state, decided_at from hub.notice;
