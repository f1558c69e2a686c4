import { writeFileSync } from 'node:fs';
import { renderingPage } from '../../src/markdown/reference/page.ts';

/** `npm run reference`: renews the generated pages of this folder. */
writeFileSync(new URL('rendering.md', import.meta.url), renderingPage());
