import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface CommandLines extends AsyncDisposable {
  /** Of every process that ran meanwhile, of everyone; undefined where the system does not tell. */
  lines(): Promise<string[] | undefined>;
}

/** Looks again and again at what any user of the machine sees of its processes, until it is asked. */
export function commandLines(): CommandLines {
  const told = existsSync('/proc/self/cmdline');
  const seen = new Set<string>();
  let running = told;
  if (!told) process.emitWarning('not tested: this system does not show command lines in /proc');
  const watching = (async () => {
    while (running) {
      for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) seen.add(lineOf(pid));
      await sleep(4);
    }
  })();
  const stop = async () => {
    running = false;
    await watching;
  };
  return {
    async lines() {
      await stop();
      return told ? [...seen] : undefined;
    },
    [Symbol.asyncDispose]: stop,
  };
}

function lineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    // It has ended.
    return '';
  }
}
