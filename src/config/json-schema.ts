import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { configSchema } from './schema.ts';

/** Draft 7 is the newest that the YAML language server reads. Describes the file as it is written. */
export function jsonSchemaOf(schema: z.ZodType): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }), null, 2)}\n`;
}

export const configJsonSchema = (): string => jsonSchemaOf(configSchema);

export const committedSchema = new URL('../../context.schema.json', import.meta.url);

/** If the module is what runs: with `--write` it renews the committed file; without it, the exit code compares. */
export function runAsScript(module: string, committed: URL, current: () => string): void {
  if (process.argv[1] !== fileURLToPath(module)) return;
  if (process.argv.includes('--write')) writeFileSync(committed, current());
  else process.exitCode = readFileSync(committed, 'utf8') === current() ? 0 : 1;
}

runAsScript(import.meta.url, committedSchema, configJsonSchema);
