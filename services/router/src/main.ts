import { passPoint } from '@liaison/service';
import { runRouter } from './run-router.ts';

await runRouter(passPoint);
