import type { Decision } from '@liaison/contracts';
import type { ExplainContext } from './explain-context.ts';
import { nameSignals, type Signal } from './explain-signals.ts';

type Criminal = Decision['criminal'];
type ConcernedState = Criminal['concerned'][number];

/** Rules that stand among the signals of a state: somebody named it. */
const namedBy: readonly string[] = ['priorReferral', 'namedByDecliningAuthority'];

/** The signals that made a state one of those concerned. */
function signalsOf({ country, why }: ConcernedState, signals: readonly Signal[]): Signal[] {
  return signals.filter(
    (signal) => signal.counted && signal.competentState === country && why.includes(signal.code),
  );
}

function explainState(state: ConcernedState, signals: readonly Signal[], context: ExplainContext): string {
  const { say, name, formats, join } = context;
  const { country, certainty, roles, why } = state;
  const own = signalsOf(state, signals);
  const unshown = why.filter(
    (code) => !namedBy.includes(code) && !own.some((signal) => signal.code === code),
  );
  const found = [
    ...(own.length === 0 ? [] : [nameSignals(own, context, { beside: country })]),
    ...unshown.map((code) => name('signal', code)),
  ];
  const parts = [
    say('state.certainty', { certainty: name('certainty', certainty) }),
    ...(roles.length === 0
      ? []
      : [say('state.roles', { roles: formats.list(roles.map((role) => name('role', role))) })]),
    ...(found.length === 0 ? [] : [say('state.signals', { signals: formats.list(found) })]),
    ...why.filter((code) => namedBy.includes(code)).map((code) => name('signal', code)),
  ];
  return say('state.whole', { country: formats.country(country), parts: join(parts) });
}

/** One sentence for each state concerned, then what else was counted and what was not. */
export function explainStates({ concerned, signals }: Criminal, context: ExplainContext): string[] {
  const { say } = context;
  const deciding = new Set(concerned.flatMap((state) => signalsOf(state, signals)));
  const others = signals.filter((signal) => signal.counted && !deciding.has(signal));
  const excluded = signals.filter(({ counted }) => !counted);
  return [
    ...concerned.map((state) => explainState(state, signals, context)),
    ...(others.length === 0
      ? []
      : [say('other.counted', { signals: nameSignals(others, context, { beside: null }) })]),
    ...(excluded.length === 0
      ? []
      : [say('other.notCounted', { signals: nameSignals(excluded, context, { beside: null }) })]),
  ];
}
