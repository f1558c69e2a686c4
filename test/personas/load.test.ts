import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CtxError } from '../../src/core/errors/index.ts';
import { type LoadedPersona, loadPersonas } from '../../src/personas/load.ts';
import { writtenFiles } from '../context/known.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ctx-personas-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function loaded(
  files: Readonly<Record<string, string>>,
): Promise<Map<string, LoadedPersona['persona']>> {
  writtenFiles(folder, files);
  return new Map((await loadPersonas(folder)).map(({ persona }) => [persona.name, persona]));
}

/** Each problem without the folder. */
async function problemsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const error = await loaded(files).then(
    () => undefined,
    (reason: CtxError) => reason,
  );
  expect(error?.code).toBe('persona.invalid');
  const { problems } = (error as CtxError).params as { problems: string[] };
  return problems.map((problem) => problem.replaceAll(`${folder}/`, ''));
}

const base = 'name: base\ndescription: What all share\noutputs: []\n';

describe('what is wrong is told with its place', () => {
  test('of all files at once, with what was meant', async () => {
    expect(
      await problemsOf({
        'a.yaml': 'name: A\ndescripton: x\ncontext: { sources: [docs, docs] }\n',
        'b.yml': 'name: b\ndescription: x\ngoals: all of them\nstyle: { example: 3 }\n',
        'c.yaml': 'name: c\ndescription: [\n',
      }),
    ).toEqual([
      'a.yaml:1:1: description is missing',
      'a.yaml:1:7: name must be lower-case letters and digits, with single hyphens between',
      'a.yaml:2:1: descripton is not known; did you mean description?',
      'a.yaml:3:21: context.sources must not name the same twice',
      'b.yml:3:8: goals must be a list',
      'b.yml:4:10: style.example is not known; did you mean examples?',
      expect.stringMatching(/^c\.yaml:3:1: /),
    ]);
  });

  test('a text that would end what is generated', async () => {
    expect(
      await problemsOf({ 'a.yaml': 'name: a\ndescription: x\nrole: <!-- ctx:persona end a -->\n' }),
    ).toEqual(['a.yaml:3:7: role must not hold ctx:persona, by which generated parts are told from others']);
  });

  test('a name that two have, a base that there is not, and circles, each once', async () => {
    expect(await problemsOf({ 'a.yaml': base, 'b.yaml': base })).toEqual([
      `b.yaml:1:7: name is that of a.yaml too`,
    ]);
    rmSync(join(folder, 'b.yaml'));
    const extending = (name: string, bases: string) =>
      `name: ${name}\ndescription: x\nrole: x\nextends: ${bases}\n`;
    expect(await problemsOf({ 'a.yaml': base, 'c.yaml': extending('c', 'bse') })).toEqual([
      'c.yaml:4:10: extends names no persona of this folder; did you mean base?',
    ]);
    expect(
      await problemsOf({
        'c.yaml': extending('c', 'd'),
        'd.yaml': extending('d', '[base, e]'),
        'e.yaml': extending('e', 'c'),
        'f.yaml': extending('f', 'f'),
        'g.yaml': extending('g', 'c'),
      }),
    ).toEqual([
      'c.yaml:4:10: extends leads back to itself: c → d → e → c',
      'f.yaml:4:10: extends leads back to itself: f → f',
    ]);
  });

  test('a role without one, a voice without a profile, a profile that is none', async () => {
    expect(
      await problemsOf({
        'a.yaml': 'name: a\ndescription: x\n',
        'b.yaml': 'name: b\nkind: voice\ndescription: x\n',
        'c.yaml': 'name: c\nkind: voice\ndescription: x\nstyle: { profile: c.profile.yaml }\n',
        'c.profile.yaml': 'version: 2\n',
      }),
    ).toEqual([
      'a.yaml:1:7: role is missing: who is a?',
      'b.yaml:2:7: style.profile is missing: a voice is that of a profile, which ctx persona analyze makes',
      'c.profile.yaml:1:1: source is missing',
      'c.profile.yaml:1:1: time_zone is missing',
      'c.profile.yaml:1:1: least_samples is missing',
      'c.profile.yaml:1:1: registers is missing',
      'c.profile.yaml:1:10: version must be 1',
    ]);
  });

  test('no folder, an empty one, and a profile that is not there', async () => {
    await expect(loadPersonas(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'persona.no-folder' });
    await expect(loadPersonas(folder)).rejects.toMatchObject({ code: 'persona.none' });
    await expect(
      loaded({ 'a.yaml': 'name: a\nkind: voice\ndescription: x\nstyle: { profile: a.profile.yaml }\n' }),
    ).rejects.toMatchObject({ code: 'persona.unreadable' });
  });
});

test('what a persona extends it adds to, or has in its place', async () => {
  const all = await loaded({
    'base.yaml': `${base}role: You are one of us.
goals: [Be kind, Be brief]
communication: { do: [Name sources], dont: [Guess], tone: calm }
tools: [Read, Bash]
model: sonnet
context: { sources: [docs], max_tokens: 1000 }
`,
    'second.yaml': 'name: second\ndescription: x\noutputs: []\ngoals: [Be brief, Be quick]\nmodel: haiku\n',
    'own.yaml': `name: own
description: Own
extends: [base, second]
goals: [Be right, Be kind]
communication: { dont: [Blame] }
tools: [Read]
context: { memory: false }
`,
    'plain.yaml': 'name: plain\ndescription: Plain\nrole: You.\n',
  });
  expect(all.get('own')).toEqual({
    ...{ name: 'own', description: 'Own', kind: 'role', role: 'You are one of us.' },
    goals: ['Be kind', 'Be brief', 'Be quick', 'Be right'],
    workflow: [],
    communication: { do: ['Name sources'], dont: ['Guess', 'Blame'], tone: 'calm' },
    ...{ tools: ['Read'], skills: [], model: 'haiku' },
    context: { sources: ['docs'], memory: false, maxTokens: 1000 },
    style: { profile: null, examples: 6, registers: ['public'] },
    // What a base is made into is its own matter.
    outputs: ['markdown', 'agent', 'skill'],
  });
  expect(all.get('plain')).toMatchObject({ tools: null, context: null, model: null });
  expect([...all.keys()]).toEqual(['base', 'own', 'plain', 'second']);
});
