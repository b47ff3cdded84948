import { runAudit } from '@liaison/audit';
import { passPoint } from '@liaison/service';
import { profileOnSignal } from './profile-on-signal.ts';

profileOnSignal();
await runAudit(passPoint);
