import type { SubmissionApi } from '@liaison/contracts';
import { readStatus } from '../store/status.ts';
import { forSender, refuseParameter, type ReadDeps } from './for-sender.ts';

const reference = /^[A-Za-z0-9._:-]{1,128}$/;

/** `GET /v1/referrals?providerReference=`: the sender's own referral of that reference, if there is one. */
export function findReferrals(deps: ReadDeps) {
  return forSender(deps, async (req, res, sender) => {
    const { providerReference } = req.query;
    if (typeof providerReference !== 'string' || !reference.test(providerReference)) {
      refuseParameter('providerReference');
    }
    const referrals = await readStatus(deps.database, sender.id, { reference: providerReference });
    res.json({ referrals } satisfies SubmissionApi['schemas']['ReferralStatusList']);
  });
}
