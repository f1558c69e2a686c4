import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { atMost, type Bench, compared, medians } from './row.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CTX = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Whole processes of what people and shells start most often, against one that does nothing. */
export const startUp: Bench = async ({ quick }) => {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: ROOT });
  const start = (...args: string[]) => execFileSync(process.execPath, args, { stdio: 'ignore' });
  const peer = () => start('-e', '0');
  const [help = 0, version = 0, nothing = 0] = await medians(
    quick ? 11 : 41,
    [() => start(CTX, '--help'), () => start(CTX, '--version'), peer],
    3,
  );
  const row = (name: string, value: number) =>
    compared({ name: `start-up, ctx ${name}`, value, unit: 'ms' }, 'node -e 0', nothing, atMost(2));
  return [row('--help', help), row('--version', version)];
};
