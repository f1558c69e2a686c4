import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { AtlassianSource } from '../../src/config/schema.ts';
import type { Fault } from '../../src/demo/faults.ts';
import { startContext, type TestContext } from '../harness/context.ts';
import type { ConnectorFixture } from './connector-suite.ts';

const troubles: readonly (Fault | undefined)[] = [
  undefined,
  { kind: 'status', status: 401 },
  { kind: 'status', status: 500 },
  { kind: 'login-page' },
  { kind: 'truncated' },
];

/** The token is nowhere but in the headers of requests. */
export function secretTest<C extends AtlassianSource>(type: C['type'], fixture: ConnectorFixture<C>): void {
  test('R17 the token reaches no log, no file and no error', async () => {
    await using context = await startContext({ sources: [type] });
    for (const fault of troubles) {
      if (fault) context.simulator.faults.add({ fault, skip: 3, times: Number.POSITIVE_INFINITY });
      const result = await context.build();
      expect(result.errors.length > 0, JSON.stringify(fault)).toBe(fault !== undefined);
      // `inspect` shows causes, parameters and stacks, however deep they lie.
      expectNone(context, inspect(result, { depth: null, showHidden: true }), JSON.stringify(fault));
      context.simulator.faults.clear();
      fixture.edit(context.workspace);
    }
    expectNone(context, context.lines.join('\n'), 'the log');
    for (const [path, content] of filesBelow(context.path)) expectNone(context, content, path);
    expectNone(
      context,
      context.git('cat-file', '--batch-all-objects', '--batch', '--unordered'),
      'an object of git',
    );
  });
}

/** Fails when the text has the token, in any form in which it travels. */
export function expectNone({ simulator: { credentials } }: TestContext, text: string, where: string): void {
  const { username, token } = credentials;
  const basic = Buffer.from(`${username}:${token}`).toString('base64');
  for (const secret of [token, basic, encodeURIComponent(token)])
    expect(text.includes(secret), where).toBe(false);
}

function* filesBelow(folder: string): Generator<[string, string]> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    yield [path, readFileSync(path, 'latin1')];
  }
}
