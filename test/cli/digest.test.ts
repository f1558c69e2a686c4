import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { type BuildOutcome, failedOutcome } from '../../src/cli/build-outcome.ts';
import { buildDigest } from '../../src/cli/digest.ts';
import { ctxError } from '../../src/core/errors/index.ts';
import type { DocumentChange, SourceReport } from '../../src/pipeline/report.ts';
import { anyCharacter } from '../harness/any-character.ts';
import { replayed } from '../harness/replay.ts';

const change = (title: string): DocumentChange => ({
  kind: 'modified',
  source: 'wiki',
  path: 'wiki/a.md',
  title,
});

const outcome = (changes: readonly DocumentChange[], errors: BuildOutcome['errors'] = []): BuildOutcome => ({
  exitCode: errors.length === 0 ? 0 : 4,
  commit: 'c0ffee'.padEnd(40, '0'),
  counts: { added: 0, modified: changes.length, renamed: 0, deleted: 0, failed: 0 },
  sources: [],
  changes,
  errors,
});

const parsed = (text: string) =>
  fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });

function* nodesOf(node: Nodes): Generator<Nodes> {
  yield node;
  if ('children' in node) for (const child of node.children) yield* nodesOf(child);
}

/** What the digest shows as code, in its order. */
const shown = (text: string) =>
  [...nodesOf(parsed(text))].flatMap((node) => (node.type === 'inlineCode' ? [node.value] : []));

describe('the digest of a run', () => {
  test('tells what failed and the fix before what changed', () => {
    const error = ctxError('build.mass-deletion', {
      scopes: ['space ENG'],
      documents: 30,
      fingerprint: 'f00',
    });
    expect(buildDigest(outcome([change('Guide')], [error]))).toBe(`## Context build: done in part

Exit code 4. Commit \`c0ffee0000\`.

### What failed, and the fix

- \`${error.message}\`
  - \`${error.hint}\`

### What changed

- Update \`Guide\` in \`wiki\`
`);
  });

  test('tells of a run that ended before any source was read', () => {
    const digest = buildDigest(
      failedOutcome(ctxError('config.not-found', { searched: ['/a'], asked: false } as never)),
    );
    expect(digest).toMatch(
      /^## Context build: the configuration is wrong\n\nExit code 2\. No commit was made\.\n/,
    );
    expect(buildDigest(failedOutcome(new Error('boom')))).toMatch(/Exit code 1[\s\S]*does not know/);
  });

  test('shows the sources in numbers, in a table that no name leaves', () => {
    const zero = { added: 0, modified: 0, renamed: 0, deleted: 0, unchanged: 7, failed: 0 };
    const source = {
      ...zero,
      id: 'wiki',
      status: 'skipped',
      reason: 'not set: A | `B`',
    } as unknown as SourceReport;
    const tree = parsed(buildDigest({ ...outcome([]), sources: [source] }));
    const table = [...nodesOf(tree)].find((node) => node.type === 'table') as Nodes;
    const cells = [...nodesOf(table)].filter((node) => node.type === 'tableCell');
    expect(cells).toHaveLength(16);
    const values = [...nodesOf(table)].flatMap((node) => ('value' in node ? [node.value] : []));
    expect(values.slice(8)).toEqual(['wiki', 'skipped: ', 'not set: A | `B`', '0', '0', '0', '0', '7', '0']);
  });

  const hostile = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 80 }),
    fc.constantFrom(
      '<img src=x onerror=alert(1)>',
      '`; rm -rf / ;`',
      '$(touch x)',
      '@everyone see #1',
      '![x](http://a.example/b.png)',
      '</details><script>',
      '``` \n# Heading',
      '| a | b |',
      '::set-output name=x::y',
    ),
  );

  test('what others wrote stands in it as code alone: no markup, no HTML, no mention, no line of its own', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 6 }), hostile, (titles, message) => {
        const digest = buildDigest(outcome(titles.map(change), [{ code: 'x', message, hint: message }]));
        const types = new Set([...nodesOf(parsed(digest))].map(({ type }) => type));
        expect([...types].sort()).toEqual(
          ['heading', 'inlineCode', 'list', 'listItem', 'paragraph', 'root', 'text'].sort(),
        );
        const words = [...nodesOf(parsed(digest))].flatMap((node) =>
          node.type === 'text' ? [node.value] : [],
        );
        expect(words.join('')).toMatch(
          /^Context build: done in partExit code 4\. Commit \.What failed, and the fixWhat changed(?:Update {2}in )+$/,
        );
        expect(shown(digest)).toHaveLength(3 + 2 * titles.length);
        expect(digest).not.toMatch(/^::/m);
      }),
      replayed({ runs: 40 }),
    );
  });

  test('a digest of thousands fits into an issue', () => {
    const errors = Array.from({ length: 500 }, () => ({
      code: 'x',
      message: 'm'.repeat(5000),
      hint: 'h'.repeat(5000),
    }));
    const digest = buildDigest(
      outcome(
        Array.from({ length: 5000 }, () => change('t'.repeat(1000))),
        errors,
      ),
    );
    expect(digest.length).toBeLessThan(60_000);
    expect(digest).toContain('- and 480 more');
    expect(digest).toContain('- and 4880 more');
  });
});
