import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { processMedians } from './processes.ts';
import { atMost, type Bench, compared } from './row.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CTX = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Whole processes of what people and shells start most often, against one that does nothing. */
export const startUp: Bench = async ({ quick }) => {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT });
  const [help = 0, version = 0, nothing = 0] = processMedians({
    rounds: quick ? 11 : 41,
    warmUp: 3,
    starts: [{ args: [CTX, '--help'] }, { args: [CTX, '--version'] }, { args: ['-e', '0'] }],
  });
  const row = (name: string, value: number) =>
    compared({ name: `start-up, ctx ${name}`, value, unit: 'ms' }, 'node -e 0', nothing, atMost(2));
  return [row('--help', help), row('--version', version)];
};
