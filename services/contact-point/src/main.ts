import { passPoint } from '@liaison/service';
import { runContactPoints } from './run-contact-points.ts';

await runContactPoints(passPoint);
