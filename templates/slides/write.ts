import { mkdirSync, writeFileSync } from 'node:fs';
import { LOOKS } from './design/looks.ts';
import { presentationOf } from './design/presentation.ts';

/** `npm run templates`: renews the presentations of the templates that come with the program. */
for (const [name, look] of Object.entries(LOOKS)) {
  const folder = new URL(`${name}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL('template.pptx', folder), await presentationOf(look));
}
