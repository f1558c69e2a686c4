import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findInMemory } from '../../src/context/memory/find.ts';
import { noteOf } from '../../src/context/memory/note.ts';
import type { MemoryPlaces } from '../../src/context/memory/places.ts';
import { yamlAsMarkdown } from '../../src/context/memory/yaml-as-markdown.ts';
import { ctxError } from '../../src/core/errors/index.ts';
import { disk } from '../../src/files/disk.ts';
import { createRedactor, type Redactor } from '../../src/redact/redactor.ts';
import { writtenFiles } from './known.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const redactor = createRedactor();
let root: string;
let home: string;
let project: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'ctx-memory-')));
  home = join(root, 'home');
  project = join(home, 'work/shop');
  mkdirSync(project, { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

async function found(query: string, places: Partial<MemoryPlaces> = {}) {
  const named = [{ path: join(root, 'memory') }];
  const options = {
    files: { home, list: disk.list, read: disk.read },
    places: { named, ...places },
    redactor: async () => redactor,
  };
  const signal = new AbortController().signal;
  return findInMemory(options, query, { limit: 10, now: NOW, signal });
}

const places = (items: readonly { readonly path: string; readonly match: string }[]) =>
  items.map(({ path, match }) => `${path.replace(root, '')} ${match}`).sort();

describe('memory', () => {
  test('is the current work, whatever is asked, and of the rest what the query is about', async () => {
    writtenFiles(join(root, 'memory'), {
      'state/current_work.yaml': 'task: Payouts\n',
      'learned/billing.yaml': 'title: Rounding\nfacts: [Billing is rounded down]\n',
      'learned/roses.yaml': 'facts: [Roses want sun]\n',
      'notes/billing.md':
        '---\nname: On billing\nupdated: 2026-03-01\n---\n\n# Notes\n\nBilling runs early.\n',
      'picture.png': 'billing',
      '.git/billing.md': 'billing',
      'node_modules/a/billing.md': 'billing',
    });
    utimesSync(join(root, 'memory/state/current_work.yaml'), NOW / 1000, NOW / 1000 - 3 * 86_400);
    const { items, notes, error } = await found('How does billing work?');
    expect(places(items)).toEqual([
      '/memory/learned/billing.yaml words',
      '/memory/notes/billing.md words',
      '/memory/state/current_work.yaml current',
    ]);
    expect(items[0]).toMatchObject({
      match: 'current',
      title: 'current work',
      text: '- task: Payouts',
      ageDays: 3,
    });
    const note = items.find(({ path }) => path.endsWith('notes/billing.md'));
    expect(note).toMatchObject({ title: 'On billing', updated: '2026-03-01T00:00:00.000Z', ageDays: 9 });
    expect({ notes, error }).toEqual({ notes: [], error: undefined });
    expect(places((await found('roses')).items)).toContain('/memory/learned/roses.yaml words');
  });

  test('is a long note by the passage that fits', async () => {
    const part = (title: string) => `## ${title}\n\n${`Some words on ${title} stand here. `.repeat(40)}\n\n`;
    writtenFiles(join(root, 'memory'), {
      'long.md': `# Long\n\n${['sowing', 'billing', 'watering'].map(part).join('')}`,
    });
    const { items } = await found('billing');
    expect(items).toHaveLength(1);
    expect(items[0]?.text).toContain('words on billing');
    expect(items[0]?.text).not.toContain('words on watering');
  });

  test('is the instructions for a project and the folders above it, with what they import', async () => {
    writtenFiles(home, {
      'work/shop/CLAUDE.md':
        'Billing: see @docs/billing.md, @../secret.md, @~/.claude/mine.md and @~/.ssh/id.md.\n',
      'work/shop/docs/billing.md': 'Billing is in cents.\n',
      'work/secret.md': 'Billing secret.\n',
      'work/AGENTS.md': 'Billing belongs to team A.\n',
      '.ssh/id.md': 'Billing key.\n',
      '.claude/mine.md': 'I like billing.\n',
      '.claude/CLAUDE.md': 'Speak of billing briefly.\n',
      '.claude/projects/-placeholder/memory/MEMORY.md': 'Billing of another project.\n',
      'AGENTS.md': 'Billing at home.\n',
    });
    const slug = project.replace(/[^A-Za-z0-9]/g, '-');
    writtenFiles(join(home, '.claude/projects', slug, 'memory'), {
      'MEMORY.md': 'Billing was slow.\n',
      'debugging.md': 'Billing needs a warm cache.\n',
    });
    const { items, error } = await found('billing', { named: [], project });
    expect(places(items)).toEqual(
      [
        '~/work/shop/CLAUDE.md',
        '~/work/shop/docs/billing.md',
        '~/work/AGENTS.md',
        '~/.claude/mine.md',
        '~/.claude/CLAUDE.md',
        `~/.claude/projects/${slug}/memory/MEMORY.md`,
        `~/.claude/projects/${slug}/memory/debugging.md`,
      ]
        .map((path) => `${path} words`)
        .sort(),
    );
    expect(error).toBeUndefined();
  });

  test('is nothing that links lead to from outside of what was named', async () => {
    writtenFiles(root, {
      'outside/billing.md': 'Billing outside.\n',
      'memory/own.md': 'Billing inside.\n',
      'home/work/shop/AGENTS.md': 'Billing rules. @linked.md @real.md\n',
      'home/work/shop/real.md': 'Billing for real.\n',
    });
    symlinkSync(join(root, 'outside'), join(root, 'memory/folder'));
    symlinkSync(join(root, 'outside/billing.md'), join(root, 'memory/link.md'));
    symlinkSync(join(root, 'outside/billing.md'), join(project, 'linked.md'));
    symlinkSync(join(root, 'outside/billing.md'), join(project, 'CLAUDE.local.md'));
    // The usual way to have one file for both.
    symlinkSync('AGENTS.md', join(project, 'CLAUDE.md'));
    const { items } = await found('billing', { project });
    expect(places(items)).toEqual([
      '/memory/own.md words',
      '~/work/shop/AGENTS.md words',
      '~/work/shop/real.md words',
    ]);
  });

  test('is a knowledge graph, whose bad lines are passed over and counted', async () => {
    const entity = {
      type: 'entity',
      name: 'Billing',
      entityType: 'service',
      observations: ['written in Go'],
    };
    const relation = { type: 'relation', from: 'Billing', to: 'Ada', relationType: 'owned_by' };
    writtenFiles(root, {
      'memory/graph.jsonl': [entity, '{broken', relation]
        .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
        .join('\n'),
      'memory/session.jsonl': '{"type":"user","text":"billing"}\n',
    });
    const { items, notes } = await found('billing');
    expect(items.map(({ title, text }) => [title, text])).toEqual([
      ['graph', '## Billing\n\n`service`\n\n- written in Go\n- → **owned_by** Ada'],
    ]);
    expect(notes).toEqual([expect.stringMatching(/graph\.jsonl: passed over, being no records: 1 lines\.$/)]);
  });

  test('may be single files, and of a folder those that are meant', async () => {
    writtenFiles(join(root, 'memory'), { 'a.md': 'Billing a.\n', 'b/c.md': 'Billing c.\n' });
    const named = [{ path: join(root, 'memory'), isMeant: (name: string) => name.startsWith('b/') }];
    expect(places((await found('billing', { named })).items)).toEqual(['/memory/b/c.md words']);
    const one = [{ path: join(root, 'memory/a.md') }];
    expect(places((await found('billing', { named: one })).items)).toEqual(['/memory/a.md words']);
  });

  test('says what is missing or left out, and reads the rest', async () => {
    writtenFiles(root, {
      'memory/large.md': 'billing '.repeat(200_000),
      'memory/binary.md': new Uint8Array([0, 1, 2]),
      'memory/own.md': 'Billing.\n',
      'memory/AGENTS.md': '<!-- Written by ctx build. Changes are overwritten. -->\n# Billing\n',
    });
    const named = [{ path: join(root, 'nowhere') }, { path: join(root, 'memory') }];
    const { items, notes, error } = await found('billing', { named });
    expect(places(items)).toEqual(['/memory/own.md words']);
    expect(notes.map((note) => note.replace(root, ''))).toEqual([
      '/memory/binary.md is left out: it is no text.',
      '/memory/large.md is left out: it is larger than 1 MB.',
    ]);
    expect(error).toContain(`${join(root, 'nowhere')}: nothing is there.`);
  });
});

describe('R5 secrets in memory', () => {
  const SECRET = 'hunter2-but-longer';
  const TOKEN = `ATATT3xFfGF0${'k7Qz'.repeat(12)}=1A2B3C4D`;

  test.each([
    ['state/current_work.yaml', `task: Payouts\nwiki:\n  api_token: ${SECRET}\n`, 'token'],
    ['state/current_work.yaml', `task: Payouts\npassword: [${SECRET}]\n`, 'password'],
    [
      'learned/billing.yaml',
      `title: Billing with ${TOKEN}\nfacts: [Billing is rounded]\n`,
      'atlassian-token',
    ],
    ['billing.md', `---\ndescription: Billing, password ${TOKEN}\n---\n\nBilling.\n`, 'atlassian-token'],
    ['billing.md', `# Billing\n\nThe password: ${SECRET}\n`, 'password'],
    [
      'graph.jsonl',
      `{"type":"entity","name":"Billing","entityType":"x","observations":["password: ${SECRET}"]}\n`,
      'password',
    ],
  ])('are not told: %s %#', async (name, text, kind) => {
    writtenFiles(join(root, 'memory'), { [name]: text });
    const { items, notes, error } = await found('billing');
    expect(error).toBeUndefined();
    expect(items).toHaveLength(1);
    const told = JSON.stringify({ items, notes });
    expect(told).toContain(`[redacted:${kind}]`);
    expect(told).not.toContain(SECRET);
    expect(told).not.toContain(TOKEN);
    expect(notes).toEqual([
      `${join(root, 'memory', name)}: 1 ${kind} redacted; the file still shows them: rotate them.`,
    ]);
  });

  test('of a file that cannot be searched are not told either, and the others are', async () => {
    writtenFiles(join(root, 'memory'), { 'a.md': 'Billing of one.\n', 'b.md': 'Billing of two.\n' });
    const refusing = { ...redactor, guard: refuse };
    const named = [{ path: join(root, 'memory') }];
    const files = { home, list: disk.list, read: disk.read };
    const signal = new AbortController().signal;
    const asked = { files, places: { named }, redactor: async () => refusing };
    const { items, error } = await findInMemory(asked, 'billing', { limit: 10, now: NOW, signal });
    expect(items.map(({ path }) => path)).toEqual([join(root, 'memory/b.md')]);
    expect(error).toContain('a.md could not be searched for secrets');
  });

  test('are no reason to load their rules where there is nothing to read', async () => {
    const files = { home, list: disk.list, read: disk.read };
    const fail = () => Promise.reject(new Error('the rules were loaded'));
    const signal = new AbortController().signal;
    const asked = { files, places: { named: [], project }, redactor: fail };
    expect(await findInMemory(asked, 'billing', { limit: 10, now: NOW, signal })).toMatchObject({
      items: [],
    });
  });
});

const refuse: Redactor['guard'] = (value, path) => {
  if (path.endsWith('a.md')) throw ctxError('pipeline.scan-failed', { path, reason: 'RangeError' });
  return redactor.guard(value, path);
};

describe('YAML', () => {
  test('is shown as people read lists', () => {
    expect(
      yamlAsMarkdown({
        task: 'Payouts',
        story_points: 3,
        empty: null,
        note: 'two\nlines',
        next_steps: ['ask Ada', { what: 'call', when: { day: 'Monday', hour: 9 } }, ['a', 'b']],
        people: { ada: 'owner', team: ['x', 'y'] },
      }),
    ).toBe(`- task: Payouts
- story points: 3
- note: two
  lines

## next steps

- ask Ada
- what: call
  - when:
    - day: Monday
    - hour: 9
- a
  - b

## people

- ada: owner
- team:
  - x
  - y`);
    expect(yamlAsMarkdown(['a', 'b'])).toBe('- a\n- b');
    expect(yamlAsMarkdown('only this')).toBe('only this');
  });

  test('that is none is shown as it is', () => {
    const text = 'a: [1,\nb: {';
    expect(noteOf({ path: '/m/current-work.yml', text }, redactor)?.note).toMatchObject({
      markdown: text,
      isCurrent: true,
    });
  });
});
