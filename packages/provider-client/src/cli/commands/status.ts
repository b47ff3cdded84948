import type { ReferralStatus, StatusAnswer } from '../../reads/read-status.ts';
import type { CliDeps } from '../cli-deps.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { openClient, type Caller } from '../open-client.ts';
import { printable, type Reporter } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { describeSpan, explain } from '../words.ts';

/** What the command was asked. */
export interface StatusRequest extends Caller {
  readonly id?: string;
  readonly reference?: string;
  readonly feed?: boolean;
  readonly after?: string;
}

function describeStatus(status: ReferralStatus): string[] {
  const { referralId, providerReference, acceptedAt, state, reasons, holds, informationRequests } = status;
  return [
    `${printable(providerReference)}  ${referralId}  ${state}  accepted ${acceptedAt}`,
    ...reasons.map((code) => `  reason  ${code}`),
    ...holds.map(({ kind, until }) => `  ${kind}  until ${until}`),
    ...informationRequests.map(
      ({ requestedAt, requested }) => `  asked ${requestedAt}  ${requested.join(', ')}`,
    ),
    ...(status.notIllegal ? ['  found not illegal'] : []),
  ];
}

function reportAnswer(answer: StatusAnswer, reporter: Reporter): ExitCode {
  switch (answer.kind) {
    case 'found':
      reporter.report(answer.status, describeStatus(answer.status));
      return exitCodes.done;
    case 'unknown':
      reporter.report(answer, ['unknown  There is no such referral of yours.']);
      return exitCodes.refused;
    case 'refused':
      reporter.report(answer, [`refused  ${explain(answer.problem.code)}`]);
      return exitCodes.refused;
    case 'retry': {
      const why = explain(answer.problem?.code ?? answer.code);
      reporter.report(answer, [`not known  ${why}  Try again in ${describeSpan(answer.afterMs)}.`]);
      return exitCodes.unreachable;
    }
    default:
      return answer satisfies never;
  }
}

/** `liaison status`: what may be told of a referral, or of all that happened. @throws UsageError, ClientError. */
export async function status(request: StatusRequest, deps: CliDeps, reporter: Reporter): Promise<ExitCode> {
  const { id, reference, feed = false, after } = request;
  const asked = [id, reference, feed ? 'feed' : undefined].filter((name) => name !== undefined);
  if (asked.length !== 1 || (after !== undefined && !feed)) {
    throw new UsageError('name-unclear', 'Name one referral: an ID, or --reference REF; or read the --feed.');
  }
  const { client } = openClient(request, deps);
  if (id !== undefined) return reportAnswer(await client.status(id), reporter);
  if (reference !== undefined) return reportAnswer(await client.status({ reference }), reporter);
  let next = after ?? null;
  for await (const page of client.readFeed(after === undefined ? {} : { after })) {
    next = page.next;
    for (const event of page.events) {
      const { at, kind, providerReference, referralId, codes = [], until } = event;
      const extra = [...codes, ...(until === undefined ? [] : [`until ${until}`])].join(', ');
      reporter.report(event, [
        `${at}  ${kind}  ${printable(providerReference)}  ${referralId}  ${extra}`.trimEnd(),
      ]);
    }
    // Only now may a reader go on from here: before, part of the page is still to come.
    reporter.report({ next }, []);
  }
  reporter.remark(next === null ? 'Nothing yet.' : `Up to date. Go on later with --after ${next}`);
  return exitCodes.done;
}
