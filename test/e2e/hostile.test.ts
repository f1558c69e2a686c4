import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import matter from 'gray-matter';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type Simulator, startSimulator } from '../../src/demo/server.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { readDocument } from '../../src/frontmatter/read.ts';
import { filesAt } from '../harness/git.ts';
import { FORGED, hostileWorkspace } from '../harness/hostile-workspace.ts';
import { configuration, variables } from './configuration.ts';
import { type Machine, newMachine, type Ran } from './machine.ts';
import { resultOf } from './result.ts';

let simulator: Simulator;
let machine: Machine;
let ran: Ran;
let files: Map<string, string>;
let documents: [string, string][];

beforeAll(async () => {
  simulator = await startSimulator({ workspace: hostileWorkspace() });
  machine = await newMachine();
  await machine.write(
    'context.config.yaml',
    configuration({
      edits: {
        'spaces: [ENG, INFRA, PRODUCT]': 'spaces: all',
        'comments: true': 'comments: true\n    attachments: all',
      },
    }),
  );
  ran = await machine.ctxHere(['build', '--json'], { env: { ...variables(simulator), CTX_DEBUG: '1' } });
  files = filesAt(machine.repo);
  documents = [...files].filter(([path]) => /^(confluence|jira)\//.test(path) && !path.endsWith('/INDEX.md'));
}, 120_000);

afterAll(async () => {
  await machine[Symbol.asyncDispose]();
  await simulator.close();
});

describe('a site whose every text is hostile', () => {
  test('is built, every document of it', () => {
    expect(ran.code, ran.stderr).toBe(0);
    const { content, issues } = simulator.workspace;
    const pages = [...content.values()].filter(({ kind }) => kind !== 'folder');
    expect(documents).toHaveLength(pages.length + issues.size);
    expect(resultOf(ran).sources.map(({ status }) => status)).toEqual(['ok', 'ok']);
  });

  test('R7 leaves no file outside of the folders that are ours, none that a file system or git takes for something else', () => {
    const tops = new Set([...files.keys()].map((path) => path.split('/')[0]));
    expect([...tops].sort()).toEqual(
      [
        '.ctx',
        '.gitattributes',
        'AGENTS.md',
        'CLAUDE.md',
        'INDEX.md',
        'attachments',
        'confluence',
        'jira',
        'llms.txt',
      ].sort(),
    );
    for (const path of files.keys()) {
      if (/^(\.ctx|\.gitattributes)/.test(path)) continue;
      for (const name of path.split('/')) {
        expect(name).toMatch(/^[~\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*(\.[a-z0-9]{1,10})?$/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(name).not.toMatch(/\p{Default_Ignorable_Code_Point}|-$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120);
        expect(name).toBe(name.normalize('NFC'));
      }
    }
    const folded = [...files.keys()].map((path) => path.normalize('NFKD').toUpperCase().toLowerCase());
    expect(new Set(folded).size).toBe(files.size);
    for (const [path] of documents)
      expect(path).not.toMatch(/(^|\/)(agents|claude|gemini|index|llms|readme|skill)\.md$/i);
    expect(readdirSync(machine.folder).sort()).toEqual(['context.config.yaml', 'repo']);
    for (const entry of readdirSync(machine.repo, { recursive: true, withFileTypes: true }))
      expect(lstatSync(join(entry.parentPath, entry.name)).isSymbolicLink()).toBe(false);
    expect(machine.git('ls-tree', '-r', 'HEAD').match(/^(?!100644 blob )/gm)).toBeNull();
    expect(machine.git('fsck', '--strict', '--no-dangling')).toBe('');
    expect(machine.git('status', '--porcelain')).toBe('');
  });

  test('R14 its frontmatter is the facts to every reader of YAML, and nothing of a body is taken for it', () => {
    const { content } = simulator.workspace;
    for (const [path, text] of documents) {
      const own = readDocument(text);
      const header = /^---\n(.*?)\n---\n\n/s.exec(text)?.[1] ?? '';
      const read = [matter(text).data, parse(header), parse(header, { version: '1.1' })];
      for (const data of read) {
        expect(data.id, path).toBe(own?.facts.id);
        expect(data.title).toBe(own?.facts.title);
        expect(data.source).toBe(path.split('/')[0]);
        expect(data).toEqual(read[0]);
      }
      const page = content.get(own?.facts.id ?? '');
      if (page && page.kind !== 'folder' && own?.facts.source === 'confluence')
        expect(visible(own.facts.title)).toBe(visible(page.versions.at(-1)?.title ?? '') || page.id);
    }
  });

  test('its names stand in the indexes as text alone: no line, no link and no HTML of their own', () => {
    for (const [path, text] of files) {
      if (!/(^|\/)(INDEX|AGENTS|CLAUDE)\.md$|^llms\.txt$/.test(path)) continue;
      expect(text).not.toMatch(new RegExp(`^\\W*${FORGED}`, 'm'));
      expect(text).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202E]/u);
      if (!path.endsWith('INDEX.md')) continue;
      const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
      const [mark, ...rest] = nodesOf(tree);
      expect([mark?.type, rest.filter(({ type }) => type === 'html')]).toEqual(['html', []]);
      for (const node of rest) {
        expect([
          'heading',
          'text',
          'list',
          'listItem',
          'paragraph',
          'link',
          'table',
          'tableRow',
          'tableCell',
        ]).toContain(node.type);
        if (node.type === 'link')
          expect(files.has(join(path, '..', decodeURI(node.url))), node.url).toBe(true);
      }
      // The one at the top has a part for each source.
      const headings = rest.filter(({ type }) => type === 'heading');
      expect(headings).toHaveLength(path === 'INDEX.md' ? 3 : 1);
    }
    expect(files.get('AGENTS.md')).not.toContain(FORGED);
    expect(files.get('llms.txt')).not.toContain(FORGED);
  });

  test('its names cannot speak in the message of the commit', () => {
    const message = machine.git('log', '-1', '--format=%B');
    expect(machine.git('log', '-1', '--format=%(trailers)').trim()).toBe('Context-Sources: confluence, jira');
    expect(message).not.toMatch(new RegExp(`^(${FORGED}|Co-authored-by)`, 'm'));
    expect(message).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202E]|\[skip ci\]|\*\*\*NO_CI/u);
    expect(machine.git('log', '-1', '--format=%an <%ae>')).toBe('context-sync <context-sync@localhost>');
  });

  test('nothing that it says reaches the terminal as a command or as a line of its own', () => {
    expect(ran.stderr).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202E]/u);
    expect(ran.stderr).not.toMatch(new RegExp(`^${FORGED}`, 'm'));
    expect(ran.stdout).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202E]/u);
  });

  test('nothing in it was executed', () => {
    for (const name of ['x', 'executed', 'x"'])
      for (const folder of [machine.folder, machine.repo]) expect(existsSync(join(folder, name))).toBe(false);
  });

  test('R3 a change of one document is one line of the history, and built anew all of it is the same', async () => {
    const { workspace } = simulator;
    const page = edits.pageIdByTitle(workspace, 'ENG', 'Top');
    edits.retitlePage(workspace, page, `Top\n\nCo-authored-by: ${FORGED} <a@b.example> [skip ci]\u001b[2J`);
    const env = variables(simulator);
    for (const options of [[], ['--full']]) {
      const again = await machine.ctxHere(['build', '--source', 'confluence', ...options], { env });
      expect(again.code, again.stderr).toBe(0);
      expect(again.stdout.includes('No commit')).toBe(options.length > 0);
      expect(again.stdout + again.stderr).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029\u202E]/u);
    }
    expect(machine.git('log', '-1', '--format=%s')).toMatch(/^(Move|Sync)/);
    expect(machine.git('log', '-1', '--format=%(trailers)').trim()).toBe('Context-Sources: confluence, jira');
    expect(machine.git('log', '-1', '--format=%B')).toContain(`(skip ci)`);
  });
});

/** What people see of a text, in one line: the pipeline may take the rest out. */
function visible(text: string): string {
  return text.toWellFormed().replace(/[\p{C}\p{Default_Ignorable_Code_Point}\s]+/gu, '');
}

function nodesOf(tree: Nodes): Nodes[] {
  return 'children' in tree ? tree.children.flatMap((node) => [node, ...nodesOf(node)]) : [];
}
