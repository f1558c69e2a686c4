import childProcess from 'node:child_process';
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Loaded into the program before it starts (`--import`): kills it at its nth write, as a power cut would, and lets its time
 * run faster, so that it need not really wait for a rate limit. A start of another program counts as a write.
 */
const nth = Number(process.env.CTX_TEST_KILL_AT_WRITE ?? Number.NaN);
const FASTER = 100;

let writes = 0;

function killedAtNth<T extends object>(holder: T, names: readonly (keyof T)[]): void {
  for (const name of names) {
    const original = holder[name] as (...args: unknown[]) => unknown;
    holder[name] = function (this: unknown, ...args: unknown[]) {
      writes += 1;
      if (writes === nth) process.kill(process.pid, 'SIGKILL');
      return Reflect.apply(original, this, args);
    } as T[keyof T];
  }
}

killedAtNth(fs, [
  'writeFileSync',
  'writeSync',
  'fsyncSync',
  'renameSync',
  'unlinkSync',
  'rmSync',
  'rmdirSync',
  'mkdirSync',
  'copyFileSync',
  'symlinkSync',
  'utimesSync',
]);
killedAtNth(fs.promises, ['writeFile', 'rename', 'unlink', 'rm', 'rmdir', 'mkdir', 'copyFile', 'open']);
const handle = await open(process.execPath);
killedAtNth(Object.getPrototypeOf(handle) as typeof handle, ['write', 'writeFile', 'sync', 'truncate']);
await handle.close();
killedAtNth(childProcess, ['spawn', 'spawnSync', 'execFile', 'execFileSync']);
syncBuiltinESMExports();

const { setTimeout: wait } = globalThis;
globalThis.setTimeout = Object.assign(
  (handler: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) =>
    wait(handler, ms > FASTER ? ms / FASTER : ms, ...args),
  wait,
);
const { now } = Date;
const start = now();
Date.now = () => start + (now() - start) * FASTER;
