import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { filesAt } from '../harness/git.ts';
import { type CorpusServer, corpusCredentials, readCorpus, startCorpusServer } from './corpus-server.ts';
import { type Machine, newMachine } from './machine.ts';
import { brokenLinks, relativeLinks } from './relative-links.ts';
import { resultOf, sourceOf } from './result.ts';

vi.setConfig({ testTimeout: 120_000 });

const folder = fileURLToPath(new URL('../../../shared/corpus', import.meta.url));
const present = existsSync(folder);
if (!present) process.stderr.write(`skipped: there is no corpus at ${folder}\n`);

const CONFIGURATION = `version: 1
repo: { path: repo }
sources:
  - id: confluence
    type: confluence
    url: \${SITE}/wiki
    auth: { username: "\${SITE_USER}", token: "\${SITE_TOKEN}" }
    spaces: [DOCS]
    gateway: \${SITE}
  - id: jira
    type: jira
    url: \${SITE}
    auth: { username: "\${SITE_USER}", token: "\${SITE_TOKEN}" }
    views:
      ALL: order by created
    gateway: \${SITE}
`;

const environment = ({ url }: CorpusServer) => ({
  SITE: url,
  SITE_USER: corpusCredentials.username,
  SITE_TOKEN: corpusCredentials.token,
});

/** Markup that a reader should never see; told by the file and the kind alone, since the corpus is not to be printed. */
const LEFTOVERS: Readonly<Record<string, RegExp>> = {
  'a macro': /<\/?ac:[a-z-]+/i,
  'a resource': /<ri:[a-z-]+/i,
  'an object': /\[object Object\]|\bundefined\b: /,
};

function leftoversIn(machine: Machine, paths: readonly string[]): string[] {
  return paths.flatMap((path, index) => {
    const text = withoutCode(machine.git('show', `HEAD:${path}`));
    const found = Object.entries(LEFTOVERS).filter(([, pattern]) => pattern.test(text));
    return found.map(([name]) => `document ${index} of ${paths.length} has ${name}`);
  });
}

/** A page may well show the markup of another in a code block. */
function withoutCode(markdown: string): string {
  return markdown.replace(/^( *)(`{3,})[^\n]*\n[\s\S]*?^ *\2`*$/gm, '').replace(/`[^`\n]*`/g, '');
}

describe.skipIf(!present)('real documents from a server that shares nothing with the demo', () => {
  test.each([
    ['its files, and wiki markup in Jira as text', { text: 'raw', hasFiles: true }],
    [
      'no list of files and nothing rendered, and wiki markup in Jira as ADF',
      { text: 'adf', hasFiles: false },
    ],
  ] as const)('with %s', async (_, site) => {
    const corpus = readCorpus(folder);
    const server = await startCorpusServer(corpus, site);
    onTestFinished(() => server.close());
    await using machine = await newMachine();
    await machine.write('context.config.yaml', CONFIGURATION);
    const first = await machine.ctx(['build', '--json'], { env: environment(server) });
    expect(server.unknown).toEqual([]);
    expect(first.code, first.stderr).toBe(0);
    expect(corpus.pages.length).toBe(14);
    expect(corpus.issues.length).toBe(300);
    expect(sourceOf(first, 'confluence')).toMatchObject({ status: 'ok', added: 14, failed: 0 });
    expect(sourceOf(first, 'jira')).toMatchObject({ status: 'ok', added: 300, failed: 0 });

    const files = machine.git('ls-tree', '-r', '--name-only', 'HEAD').split('\n');
    const documents = files.filter(
      (path) => /^(confluence|jira)\/.*\.md$/.test(path) && !path.endsWith('/INDEX.md'),
    );
    expect(documents).toHaveLength(314);
    const pages = documents.filter((path) => path.startsWith('confluence/'));
    const tickets = documents.filter((path) => path.startsWith('jira/ALL/'));
    const idOf = (path: string) => /^id: "?(\d+)"?$/m.exec(machine.git('show', `HEAD:${path}`))?.[1];
    expect(pages.map(idOf).sort()).toEqual(corpus.pages.map(({ id }) => id).sort());
    expect(tickets.map(keyOf).sort()).toEqual(corpus.issues.map(({ key }) => String(key)).sort());
    expect(leftoversIn(machine, pages)).toEqual([]);
    expect(machine.git('fsck', '--strict')).toBe('');

    const tree = filesAt(machine.repo);
    expect(brokenLinks(tree).map(({ from }) => `document ${documents.indexOf(from)}`)).toEqual([]);
    const kept = files.filter((path) => path.startsWith('attachments/confluence/'));
    const images = relativeLinks(tree).filter(({ from, isImage }) => isImage && pages.includes(from));
    expect(server.media.refused).toEqual([]);
    expect(kept.length).toBe(server.media.given.length);
    if (site.hasFiles) {
      expect(kept.length).toBeGreaterThan(5);
      expect(images.filter(({ path }) => !kept.includes(path))).toEqual([]);
      expect(images.length).toBeGreaterThan(5);
    } else {
      expect([kept, images]).toEqual([[], []]);
      expect(files.filter((path) => path.startsWith('attachments/'))).toEqual([]);
      const texts = pages.map((path) => tree.get(path) ?? '');
      expect(texts.filter((text) => text.includes('/wiki/download/attachments/')).length).toBeGreaterThan(5);
    }

    const before = server.bodies().length;
    const second = await machine.ctx(['build', '--json'], { env: environment(server) });
    expect(second.code, second.stderr).toBe(0);
    expect(resultOf(second).commit).toBeNull();
    expect(server.bodies().length - before).toBe(0);
  });
});

function keyOf(path: string): string {
  return /^jira\/ALL\/(?:[^/]+\/)?([A-Z]+-\d+)/.exec(path)?.[1] ?? path;
}
