import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Simulator } from '../../src/demo/server.ts';
import type { TestContext } from '../harness/context.ts';
import { git } from '../harness/git.ts';

/** The token, and the forms in which it travels. */
function formsOf({ credentials: { username, token } }: Simulator): string[] {
  return [token, encodeURIComponent(token), btoa(token), btoa(`${username}:${token}`)];
}

/** No credential is in any object or file of the repository, in what was said, or has gone to another origin. */
export function assertNoCredentials({ path, simulator, lines }: TestContext, said: readonly unknown[]): void {
  const places = new Map<string, string | Buffer>([
    ['an object of the repository', git(path, ['cat-file', '--batch-all-objects', '--batch', '--buffer'])],
    ['a log line', lines.join('\n')],
    [
      'a result or an error',
      said.map((each) => inspect(each, { depth: 12, maxArrayLength: null })).join('\n'),
    ],
  ]);
  for (const entry of readdirSync(join(path, '.git'), { recursive: true, withFileTypes: true }))
    if (entry.isFile() && !entry.parentPath.includes('objects'))
      places.set(entry.name, readFileSync(join(entry.parentPath, entry.name)));
  for (const form of formsOf(simulator))
    for (const [place, content] of places) assert.ok(!content.includes(form), `${place} holds a credential`);
  const elsewhere = simulator.mediaRequests.filter(({ authorization }) => authorization !== undefined);
  assert.deepEqual(elsewhere, [], 'a credential went to another origin');
}
