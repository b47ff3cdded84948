import { html, type Markup } from '@liaison/pages';
import { acknowledgementDueMs, preservedUntil, userToldAt, type Deadline } from './clocks.ts';
import type { DispatchView } from './dispatch-view.ts';
import { renderFacts, renderLines, type Fact } from './facts.ts';

function renderDue({ entry, reader, say }: DispatchView): Markup | null {
  if (entry.state !== 'new') return null;
  const dueMs = acknowledgementDueMs(entry);
  const leftMs = dueMs - reader.nowMs;
  const time = reader.formats.duration(Math.abs(leftMs));
  const left =
    leftMs > 0
      ? html`<strong>${say('left', { time })}</strong>`
      : html`<span class="badge late">${say('late', { time })}</span>`;
  return renderLines([left, reader.moment(dueMs)]);
}

function renderUrgency({ dispatch, referral, reader, say }: DispatchView): Markup {
  const word = (urgent: boolean | null): string =>
    urgent === null ? say('notYet') : urgent ? say('yes') : say('no');
  const { grounds } = referral.urgency;
  return renderLines([
    say('urgencyHub', { hub: word(dispatch.urgency.hub) }),
    say('urgencyClaimed', { claimed: word(dispatch.urgency.claimed) }),
    grounds === undefined
      ? null
      : `${say('grounds')}${reader.colon}${reader.codes('urgencyGround', grounds)}`,
  ]);
}

function renderFreshest({ referral, reader, say }: DispatchView): Markup | string {
  const [event] = (referral.networkEvents ?? []).toSorted(
    (left, right) => Date.parse(right.occurredAt) - Date.parse(left.occurredAt),
  );
  if (event === undefined) return say('noEvent');
  const port = event.port === undefined ? say('portMissing') : say('port', { port: event.port });
  const network = event.network === undefined ? null : reader.code('network', event.network);
  return renderLines([
    html`<strong class="mono">${event.ipAddress}</strong>, ${port}${network === null ? '' : `, ${network}`}`,
    html`${reader.code('networkEvent', event.event)},${' '}
      <strong>${say('ago', { time: reader.age(event.occurredAt) })}</strong
      >${reader.colon}${reader.moment(event.occurredAt)}`,
  ]);
}

/** A date with how near it is: the nearer, the louder. */
function renderNearness({ reader, say }: DispatchView, deadline: Deadline): Markup | null {
  const time = reader.age(deadline.at);
  switch (deadline.nearness) {
    case 'passed':
      return html`<span class="badge late">${say('ago', { time })}</span>${' '}`;
    case 'soon':
      return html`<span class="badge late">${say('inTime', { time })}</span>${' '}`;
    case 'near':
      return html`<span class="badge muted">${say('inTime', { time })}</span>${' '}`;
    case 'far':
      return null;
    default:
      return deadline.nearness satisfies never;
  }
}

function renderUserTold(view: DispatchView): Markup | string {
  const { dispatch, referral, reader, say } = view;
  const told = userToldAt(dispatch, referral, reader.nowMs);
  if (told === null) return say('userToldOrder');
  const at = reader.formats.day(told.at);
  const text = say(told.nearness === 'passed' ? 'userToldPassed' : 'userToldOn', { at });
  return html`${renderNearness(view, told)}${text}`;
}

function renderPreserved(view: DispatchView): Markup | string {
  const { referral, reader, say } = view;
  const kept = preservedUntil(referral, reader.nowMs);
  if (kept === null) return say('preservedNone');
  const at = reader.formats.day(kept.at);
  const text = say(kept.nearness === 'passed' ? 'preservedPassed' : 'preservedUntil', { at });
  return html`${renderNearness(view, kept)}${text}`;
}

function renderEvidence({ entry, referral, reader, say }: DispatchView): Markup {
  const sender = reader.directory?.participant(entry.senderId);
  const contact = sender?.contact;
  const phone = sender?.dutyPhone;
  return renderLines([
    say('evidenceBy', { sender: reader.nameOf(entry.senderId), reference: referral.providerReference }),
    phone === undefined
      ? null
      : html`${say('evidencePhone')} <a class="mono" href="tel:${phone}">${phone}</a>`,
    contact === undefined ? null : say('evidenceContact', { contact }),
    contact === undefined && phone === undefined ? say('evidenceHub') : null,
  ]);
}

function renderChildren({ referral, reader, say }: DispatchView): Markup | string {
  const { persons = [] } = referral;
  if (persons.length === 0) return say('noPerson');
  return renderLines(
    persons.map(({ personId, role, mayBeChild }) => {
      const text = `${reader.code('personRole', role)} (${personId})${reader.colon}${reader.code('mayBeChild', mayBeChild)}`;
      return mayBeChild === 'yes' ? html`<strong>${text}</strong>` : text;
    }),
  );
}

/** What an officer has to know first, with the clocks that run. */
export function renderNow(view: DispatchView): Markup {
  const { entry, referral, reader, say } = view;
  const facts: Fact[] = [
    [say('due'), renderDue(view)],
    [say('urgency'), renderUrgency(view)],
    [say('freshest'), renderFreshest(view)],
    [say('child'), renderChildren(view)],
    [say('viewed'), reader.code('humanReview', referral.awareness.humanReview)],
    [say('preserved'), referral.items === undefined ? null : renderPreserved(view)],
    [say('evidence'), renderEvidence(view)],
    // Article 12 speaks of providers.
    [say('userTold'), referral.referralKind === 'providerReport' ? renderUserTold(view) : null],
    [
      say('received'),
      html`${say('ago', { time: reader.age(entry.receivedAt) })}${reader.colon}${reader.moment(entry.receivedAt)}`,
    ],
    [say('caseNumber'), entry.caseNumber],
  ];
  return html`<section aria-labelledby="now">
    <h2 id="now">${say('now')}</h2>
    ${renderFacts(facts)}
  </section>`;
}
