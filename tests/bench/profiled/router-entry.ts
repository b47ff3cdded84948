import { runRouter } from '@liaison/router';
import { passPoint } from '@liaison/service';
import { profileOnSignal } from './profile-on-signal.ts';

profileOnSignal();
await runRouter(passPoint);
