import { fileURLToPath } from 'node:url';
import chromium, { inflate } from '@sparticuz/chromium';

// Run as a process of its own: the package unpacks into the temporary folder, which its caller has set.
await chromium.executablePath();
// Libraries that desktops have and small images lack.
await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))));
