import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { committedPersonaSchema, personaJsonSchema } from '../../src/personas/json-schema.ts';

test('persona.schema.json is what the schema generates (else: npm run schema)', async () => {
  expect(await readFile(committedPersonaSchema, 'utf8')).toBe(personaJsonSchema());
  const script = fileURLToPath(new URL('../../src/personas/json-schema.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [script]);
});

test('it takes a persona, and refuses a kind, a source and a key that there are not', () => {
  const validate = new Ajv().compile(JSON.parse(personaJsonSchema()));
  const persona = {
    name: 'devops',
    description: 'Looks after what runs',
    role: 'You do.',
    extends: ['base'],
  };
  expect(validate(persona)).toBe(true);
  for (const wrong of [
    { kind: 'robot' },
    { context: { sources: ['wiki'] } },
    { goal: [] },
    { name: 'De vops' },
  ])
    expect(validate({ ...persona, ...wrong }), JSON.stringify(wrong)).toBe(false);
});
