import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The folder beside the configuration that holds somebody's own templates. */
export const OWN_TEMPLATES = 'slides';

/** The templates that come with the package, wherever this code is compiled to. */
export function shippedTemplates(): string {
  const manifest = createRequire(import.meta.url).resolve('context-sync/package.json');
  return join(dirname(manifest), 'templates', 'slides');
}
