import { ProblemError } from '@liaison/service';
import { readStatus } from '../store/status.ts';
import { forSender, refuseParameter, type ReadDeps } from './for-sender.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `GET /v1/referrals/{referralId}`: another sender's answers exactly as one that does not exist. */
export function getReferral(deps: ReadDeps) {
  return forSender(deps, async (req, res, sender) => {
    const { referralId } = req.params;
    if (typeof referralId !== 'string' || !uuid.test(referralId)) refuseParameter('referralId');
    const [status] = await readStatus(deps.database, sender.id, { referralId });
    if (status === undefined) throw new ProblemError('referral-unknown');
    res.json(status);
  });
}
