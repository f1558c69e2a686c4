import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { ConnectorFixture, ServiceFault } from './source-context.ts';

const troubles: readonly (ServiceFault | undefined)[] = [
  undefined,
  { kind: 'status', status: 401 },
  { kind: 'status', status: 500 },
  { kind: 'login-page' },
  { kind: 'truncated' },
];

/** The token is nowhere but in the headers of requests. */
export function secretTest({ start }: ConnectorFixture): void {
  test('R17 the token reaches no log, no file and no error', async () => {
    await using context = await start();
    for (const fault of troubles) {
      if (fault) context.faults.add({ fault, skip: 3, times: Number.POSITIVE_INFINITY });
      const result = await context.build();
      expect(result.errors.length > 0, JSON.stringify(fault)).toBe(fault !== undefined);
      // `inspect` shows causes, parameters and stacks, however deep they lie.
      expectNone(context, inspect(result, { depth: null, showHidden: true }), JSON.stringify(fault));
      context.faults.clear();
      context.edit();
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
export function expectNone(
  { secrets }: { readonly secrets: readonly string[] },
  text: string,
  where: string,
): void {
  for (const secret of secrets) expect(text.includes(secret), where).toBe(false);
}

/** Every form in which the credentials of a user travel. */
export function formsOf({
  username,
  token,
}: {
  readonly username?: string;
  readonly token: string;
}): string[] {
  const basic = username === undefined ? [] : [Buffer.from(`${username}:${token}`).toString('base64')];
  return [token, encodeURIComponent(token), ...basic];
}

function* filesBelow(folder: string): Generator<[string, string]> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    yield [path, readFileSync(path, 'latin1')];
  }
}
