import type { Referral } from '@liaison/contracts';
import { createAddressOverlay } from '@liaison/testkit';
import { vi } from 'vitest';
import { plantedReferrals, type PlantedReferral } from './planted-referrals.ts';
import { referralOf, submitAccepted, untilDispatches } from './submitting.ts';
import { createTestHub, type TestHub } from './test-hub.ts';

/** A hub at which a few referrals have gone their way, and its dashboard. */
export interface DashboardDesk {
  readonly hub: TestHub;
  /** Address of the dashboard, without a path. */
  readonly origin: string;
  /** A referral that went to Belgium and France. */
  readonly twoCountries: { readonly reference: string; readonly referralId: string };
  /** A reference that two senders have chosen. */
  readonly sharedReference: string;
  /** Referrals full of planted values, and their ids. */
  readonly planted: readonly (PlantedReferral & { readonly referralId: string })[];
  /** Addresses of one page of every kind. */
  readonly pages: readonly string[];
  close(): Promise<void>;
}

function addressIn(country: string): string {
  const block = Object.entries(createAddressOverlay()).find(
    ([range, of]) => of === country && range.includes('.'),
  )?.[0];
  const [first = ''] = (block ?? '').split('/');
  return first.replace(/\d+$/, (last) => String(Number(last) + 1));
}

function twoCountryReferral(hub: TestHub, reference: string): Referral {
  const referral = referralOf(hub, reference);
  const [event] = referral.networkEvents ?? [];
  if (event === undefined) throw new Error('the referral has no network event');
  return {
    ...referral,
    persons: [
      ...(referral.persons ?? []),
      { personId: 'p2', role: 'personAppearingToBeVictim', mayBeChild: 'yes' },
    ],
    networkEvents: [event, { ...event, ipAddress: addressIn('FR'), personId: 'p2' }],
  };
}

async function untilSequenced(origin: string, referralIds: readonly string[]): Promise<void> {
  for (const id of referralIds) {
    await vi.waitFor(
      async () => {
        const page = await (await fetch(`${origin}/v1/timelines?search=${id}`)).text();
        if (page.includes('"position":null')) throw new Error('events wait for their position');
      },
      { timeout: 20_000, interval: 50 },
    );
  }
}

/** Opens the desk: everything that was sent has its receipt and its place in the ledger. */
export async function openDashboardDesk(): Promise<DashboardDesk> {
  const hub = await createTestHub({ states: ['BE', 'FR'] });
  for (const id of ['cp-be', 'cp-fr', 'europol']) await hub.startContactPoint(id);
  const origin = new URL(hub.entries).origin;
  const reference = 'TWO-COUNTRIES.1';
  const twoCountries = {
    reference,
    referralId: await submitAccepted(hub, twoCountryReferral(hub, reference)),
  };
  const planted: (PlantedReferral & { referralId: string })[] = [];
  for (const one of plantedReferrals('planted')) {
    const { referral, senderId } = one;
    planted.push({ ...one, referralId: await submitAccepted(hub, referral, { senderId }) });
  }
  const sharedReference = 'shared:2026-11';
  const [, hotline] = plantedReferrals('shared');
  const others = [
    await submitAccepted(hub, referralOf(hub, sharedReference)),
    await submitAccepted(
      hub,
      { ...hotline.referral, providerReference: sharedReference },
      { senderId: hotline.senderId },
    ),
  ];
  const referralIds = [twoCountries.referralId, ...planted.map(({ referralId }) => referralId), ...others];
  for (const id of referralIds) await untilDispatches(hub, id, 'receipted');
  await untilSequenced(origin, referralIds);
  return {
    hub,
    origin,
    twoCountries,
    sharedReference,
    planted,
    pages: [
      `${origin}/`,
      `${origin}/search`,
      `${origin}/search?q=${sharedReference}`,
      `${origin}/search?q=no-such-reference`,
      `${origin}/search?q=${encodeURIComponent('<b>&"no form')}`,
      `${origin}/referrals/${twoCountries.referralId}`,
      ...planted.map(({ referralId }) => `${origin}/referrals/${referralId}`),
      `${origin}/referrals/01930000-0000-7000-8000-000000000000`,
    ],
    close: () => hub.close(),
  };
}
