import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { tokensOf } from '../../src/context/format/tokens.ts';
import type { GatheredContext } from '../../src/context/injector.ts';
import { startCommand } from '../harness/command-line.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const root = realpathSync(mkdtempSync(join(tmpdir(), 'ctx-gather-demo-')));
const repo = join(root, 'shown');
const beside = join(root, 'shown.fernhollow');

async function ctx(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await startCommand(args, {}, root).ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return stdout;
}

beforeAll(async () => {
  await ctx('demo', '--json', '--dir', repo);
  await ctx('index', '-C', repo, '--code', join(beside, 'checkout'));
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('how billing works is told by the page, the ticket, the thread, the code and the current work', async () => {
  const args = ['gather', 'How does billing work?', '-C', repo, '--memory', join(beside, 'memory'), '--json'];
  const { sources, formatted } = JSON.parse(await ctx(...args)) as GatheredContext;
  expect(sources.map(({ source, error }) => [source, error])).toEqual(
    ['slack', 'code', 'jira', 'docs', 'memory'].map((source) => [source, null]),
  );
  expect(tokensOf(formatted)).toBeLessThanOrEqual(4_000);
  const parts = new Map(
    formatted.split(/^## /m).map((part) => [part.slice(0, part.indexOf('\n')), part] as const),
  );
  expect(parts.get('Relevant Documents')).toContain('- path: confluence/ENG/architecture/billing.md');
  expect(parts.get('Related Jira Issues')).toMatch(/### SHOP-47 Fees by order[\s\S]*Acceptance criteria/);
  expect(parts.get('Relevant Slack Conversations')).toContain('### How does billing know');
  expect(parts.get('Relevant Code')).toMatch(/- path: checkout:src\/billing\/[\s\S]*export function /);
  expect(parts.get('Current Work Context')).toContain('memory/state/current_work.yaml');
});
