import { memberStates, type Country, type MemberState, type Referral } from '@liaison/contracts';
import { contactPointIdOf, demoSenders } from '../demo-participants.ts';
import { createRandom } from '../random.ts';
import {
  draftBehindVpn,
  draftHotline,
  draftOneCountry,
  draftPartner,
  draftSeveralStates,
  draftWithoutPlace,
  drawBase,
} from './drafts.ts';
import { spoil, spoilings } from './spoil.ts';
import type { Conduct, Label, LabelledReferral } from './labelled-referral.ts';
import type { Draw } from './parts.ts';

/** Share of referrals by Member State: about that of the population, so that large states are busy. */
const statesByWeight: readonly (readonly [MemberState, number])[] = [
  ['DE', 19],
  ['FR', 15],
  ['IT', 13],
  ['ES', 11],
  ['PL', 8],
  ['RO', 4],
  ['NL', 4],
  ...memberStates
    .filter((state) => !['DE', 'FR', 'IT', 'ES', 'PL', 'RO', 'NL'].includes(state))
    .map((state) => [state, 1.3] as const),
];

const territories: readonly (readonly [Country, MemberState])[] = [
  ['RE', 'FR'],
  ['GF', 'FR'],
  ['GP', 'FR'],
  ['MQ', 'FR'],
  ['AX', 'FI'],
];

const providers = demoSenders.filter(({ kind }) => kind === 'provider').map(({ id }) => id);

function accepted(states: readonly MemberState[]): Label {
  return { kind: 'accepted', addressees: [...new Set(states)].map(contactPointIdOf).concat('europol') };
}

type Scenario =
  | 'oneState'
  | 'severalStates'
  | 'territory'
  | 'behindVpn'
  | 'thirdCountry'
  | 'withoutPlace'
  | 'hotline'
  | 'partner';

const scenarios: readonly (readonly [Scenario, number])[] = [
  ['oneState', 64],
  ['severalStates', 12],
  ['territory', 2],
  ['behindVpn', 4],
  ['thirdCountry', 4],
  ['withoutPlace', 3],
  ['hotline', 7],
  ['partner', 4],
];

const senderOfScenario: Partial<Record<Scenario, string>> = {
  hotline: 'example-hotline',
  partner: 'example-centre',
};

type Weighted = readonly (readonly [MemberState, number])[];

function drawStates(draw: Draw, weights: Weighted): MemberState[] {
  const wanted = Math.min(weights.length, draw.random.chance(0.8) ? 2 : 3);
  const states = new Set<MemberState>();
  while (states.size < wanted) states.add(draw.random.weighted(weights));
  return [...states];
}

/** What is referred in a scenario, and where it has to go. `state` is the one state of scenarios that have one. */
function draft(
  scenario: Scenario,
  base: Referral,
  context: { draw: Draw; state: MemberState; weights: Weighted },
): [Referral, Label] {
  const { draw, state } = context;
  switch (scenario) {
    case 'oneState':
      return [draftOneCountry(draw, base, state), accepted([state])];
    case 'severalStates': {
      const states = drawStates(draw, context.weights);
      return [draftSeveralStates(draw, base, states), accepted(states)];
    }
    case 'territory': {
      const competentHere = territories.filter(([, competent]) =>
        context.weights.some(([one]) => one === competent),
      );
      if (competentHere.length === 0) return [draftOneCountry(draw, base, state), accepted([state])];
      const [territory, competent] = draw.random.pick(competentHere);
      return [draftOneCountry(draw, base, territory), accepted([competent])];
    }
    case 'behindVpn':
      return [draftBehindVpn(draw, base, state), accepted([])];
    case 'thirdCountry':
      return [draftOneCountry(draw, base, draw.random.pick(['US', 'GB', 'CH', 'BR', 'PH'])), accepted([])];
    case 'withoutPlace':
      return [draftWithoutPlace(draw, base), accepted([])];
    case 'hotline':
      return [draftHotline(draw, base, state), accepted([state])];
    case 'partner':
      return [draftPartner(draw, base, state), accepted([state])];
    default:
      return scenario satisfies never;
  }
}

/** How the choices are made. */
export interface GeneratorOptions {
  readonly count: number;
  readonly seed: number;
  /** Milliseconds since 1970 at which a referral is written; asked for each. */
  readonly nowMs: () => number;
  /** Before every reference: two runs on the same data must not use the same ones. */
  readonly prefix: string;
  /** Share of referrals that have to be rejected; never more than 0.08 of those generated so far. */
  readonly rejectedShare?: number;
  /** Only these states are concerned; all where absent. */
  readonly states?: readonly MemberState[];
}

const maxRejectedShare = 0.08;

/**
 * Generates realistic referrals with labels, lazily: the first ones go to each Member State in turn, the rest by weight.
 * The same seed makes the same choices.
 */
export function* generateReferrals(options: GeneratorOptions): Generator<LabelledReferral> {
  const random = createRandom(options.seed);
  const rejectedShare = options.rejectedShare ?? 0.05;
  const states = options.states ?? memberStates;
  const weights = statesByWeight.filter(([state]) => states.includes(state));
  let plain: LabelledReferral | null = null;
  let rejected = 0;
  for (let index = 0; index < options.count; index += 1) {
    const draw: Draw = { random, nowMs: options.nowMs() };
    const turn = states[index];
    const scenario = turn === undefined ? random.weighted(scenarios) : 'oneState';
    const senderId = senderOfScenario[scenario] ?? random.pick(providers);
    const base = drawBase(draw, senderId, `${options.prefix}-${index + 1}`);
    const state = turn ?? random.weighted(weights);
    const [referral, label] = draft(scenario, base, { draw, state, weights });
    const mayReject = turn === undefined && rejected + 1 <= maxRejectedShare * (index + 1);
    if (random.chance(rejectedShare) && mayReject) {
      rejected += 1;
      yield spoil(random.pick(spoilings), { senderId, referral }, plain);
    } else {
      const conduct = random.weighted<Conduct>([
        ['plain', 94],
        ['sentAgain', 3],
        ['signedAgain', 3],
      ]);
      const labelled: LabelledReferral = { senderId, referral, label, conduct, after: null };
      if (conduct === 'plain') plain = labelled;
      yield labelled;
    }
  }
}
