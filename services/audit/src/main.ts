import { passPoint } from '@liaison/service';
import { runAudit } from './run-audit.ts';

await runAudit(passPoint);
