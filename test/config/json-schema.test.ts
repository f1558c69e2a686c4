import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { committedSchema, configJsonSchema } from '../../src/config/json-schema.ts';

const sampleFile = new URL('../../context.config.yaml', import.meta.url);

describe('context.schema.json', () => {
  it('is what the schema generates (else: node src/config/json-schema.ts --write)', async () => {
    expect(await readFile(committedSchema, 'utf8')).toBe(configJsonSchema());
    const script = fileURLToPath(new URL('../../src/config/json-schema.ts', import.meta.url));
    await promisify(execFile)(process.execPath, [script]);
  });

  it('accepts the sample as it is written, and refuses a literal token and an unknown key', async () => {
    const validate = new Ajv().compile(JSON.parse(configJsonSchema()));
    const sample = parse(await readFile(sampleFile, 'utf8'));
    expect(validate(sample)).toBe(true);
    const literal = structuredClone(sample);
    literal.sources[0].auth.token = 'literal';
    expect(validate(literal)).toBe(false);
    expect(validate({ ...sample, sorces: [] })).toBe(false);
  });

  it('is named by the sample, for editors', async () => {
    expect(await readFile(sampleFile, 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\/context\.schema\.json\n/,
    );
  });
});
