import { runContactPoints } from '@liaison/contact-point';
import { passPoint } from '@liaison/service';
import { contactPointsFile, useContactPointsFile } from './config.ts';
import { splitContactPoints } from './split-contact-points.ts';

// All contact points but one; that one runs in a process of its own.
useContactPointsFile(splitContactPoints(contactPointsFile()).others);
await runContactPoints(passPoint);
