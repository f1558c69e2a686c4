import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { configSchema } from './schema.ts';

/** Draft 7 is the newest that the YAML language server reads. Describes the file as it is written. */
export function configJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input' }), null, 2)}\n`;
}

export const committedSchema = new URL('../../context.schema.json', import.meta.url);

/** `node src/config/json-schema.ts --write` renews the committed file; without it, the exit code compares. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--write')) writeFileSync(committedSchema, configJsonSchema());
  else process.exitCode = readFileSync(committedSchema, 'utf8') === configJsonSchema() ? 0 : 1;
}
