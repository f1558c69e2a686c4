import { execFileSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Start, Starts } from './processes.ts';
import { timesOf } from './row.ts';

/* Times the processes that the standard input names, and prints the times of each as JSON. */
const { rounds, warmUp, starts } = JSON.parse(await text(process.stdin)) as Starts;

function start({ args, cwd, env, lines = 0 }: Start): void {
  const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore'];
  const printed = execFileSync(process.execPath, args, {
    ...{ cwd, encoding: 'utf8', stdio },
    ...(env && { env }),
  });
  const found = printed.split('\n').length;
  if (found < lines) throw new Error(`${found} lines in place of ${lines}: ${args.join(' ').slice(0, 200)}`);
}

const times = await timesOf(
  rounds,
  starts.map((each) => () => start(each)),
  warmUp,
);
process.stdout.write(JSON.stringify(times));
