import { writeFileSync } from 'node:fs';
import { REFERENCE } from './pages.ts';

/** `npm run reference`: renews the generated pages of this folder. */
for (const [file, write] of Object.entries(REFERENCE)) writeFileSync(new URL(file, import.meta.url), write());
