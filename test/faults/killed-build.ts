import assert from 'node:assert/strict';
import { type CommandResult, startCommand, writeConfig } from '../harness/command-line.ts';
import type { TestContext } from '../harness/context.ts';
import type { Kill } from './schedule.ts';

const PRELOAD = new URL('kill-at-write.ts', import.meta.url).href;

/** Runs the program and kills it there; if its end comes first, it is run again and killed at its first or second request. */
export async function killedBuild(
  context: TestContext,
  kill: Kill,
  onRequest: (listener: () => void) => void,
): Promise<readonly CommandResult[]> {
  const first = await runToKill(context, kill, onRequest);
  if (first.code === null) return [first];
  const second = await runToKill(context, { at: 'request', nth: 1 + (kill.nth % 2) }, onRequest);
  assert.equal(second.code, null, 'the program ended before its second request');
  return [first, second];
}

async function runToKill(
  context: TestContext,
  { at, nth }: Kill,
  onRequest: (listener: () => void) => void,
): Promise<CommandResult> {
  const folder = await context.folder();
  const { file, env } = await writeConfig(folder, context.simulator, context.path);
  const { child, ended } = startCommand(
    ['build', '--config', file, '--json'],
    {
      ...env,
      CTX_DEBUG: '1',
      NODE_OPTIONS: `--import=${PRELOAD}`,
      ...(at === 'write' && { CTX_TEST_KILL_AT_WRITE: String(nth) }),
    },
    folder,
  );
  let requests = 0;
  onRequest(() => {
    requests += 1;
    if (at === 'request' && requests === nth) child.kill('SIGKILL');
  });
  const result = await ended;
  // Whatever the site answers is a failure of the source; a stack is one of ours.
  assert.doesNotMatch(result.stderr, /^ +at |unknown option/m);
  return result;
}
