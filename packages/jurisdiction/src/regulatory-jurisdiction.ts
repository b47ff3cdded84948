import { memberStates, type Decision, type Referral } from '@liaison/contracts';
import type { DecisionInput } from './decision-input.ts';

type Regulatory = Decision['regulatory'];

/** Article 33: the main establishment; else the legal representative; a provider with neither is under all of them. */
function findAuthorities(sender: DecisionInput['sender']): Pick<Regulatory, 'basis' | 'authorities'> {
  if (sender.kind !== 'provider') return { basis: 'notApplicable', authorities: [] };
  if (sender.establishment !== null)
    return { basis: 'mainEstablishment', authorities: [sender.establishment] };
  if (sender.legalRepresentative !== null) {
    return { basis: 'legalRepresentative', authorities: [sender.legalRepresentative] };
  }
  return { basis: 'noRepresentative', authorities: [...memberStates] };
}

/** Article 48(8): a hosting service, and material that anybody can still reach. */
function isStillPublic({ service, items }: Referral): boolean {
  const isHosting = service?.types?.includes('hosting') === true;
  const remains = (items ?? []).some(
    (item) => item.public === 'yes' && item.removal?.status === 'notRemoved',
  );
  return isHosting && remains;
}

/** Answers the other question: whose Coordinating Authority is competent for the service, and what it is told. */
export function decideRegulatory({ sender, referral }: DecisionInput): Regulatory {
  const { basis, authorities } = findAuthorities(sender);
  const isTold = basis !== 'notApplicable' && isStillPublic(referral);
  return { basis, authorities, notices: isTold ? [{ ground: 'notRemoved' }] : [] };
}
