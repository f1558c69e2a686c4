import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What a process took from its start to its end; what it starts itself counts in the seconds alone. */
export interface WholeRun {
  readonly seconds: number;
  /** For how long processors worked for it: less than the seconds where it waits, more where it has several threads. */
  readonly processorSeconds: number;
  /** The most that it ever had in memory, in MB of a million bytes. */
  readonly peakMegabytes: number;
  /** What it printed. */
  readonly printed: string;
}

const REPORT_USAGE = fileURLToPath(new URL('report-usage.js', import.meta.url));

/** Runs Node.js with these arguments. Throws what it says when it fails. */
export async function wholeRun(
  args: readonly string[],
  place: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<WholeRun> {
  const start = performance.now();
  const started = spawn(process.execPath, ['--import', REPORT_USAGE, ...args], {
    ...place,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let printed = '';
  let talk = '';
  started.stdout?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  started.stderr?.setEncoding('utf8').on('data', (text: string) => (talk += text));
  let usage = { maxRSS: Number.NaN, cpuTime: Number.NaN };
  started.on('message', (message) => {
    usage = message as typeof usage;
  });
  const [code] = (await once(started, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${args[0]} ended with ${code}: ${talk}`);
  return {
    seconds: (performance.now() - start) / 1000,
    processorSeconds: usage.cpuTime / 1_000_000,
    peakMegabytes: (usage.maxRSS * 1024) / 1_000_000,
    printed,
  };
}
