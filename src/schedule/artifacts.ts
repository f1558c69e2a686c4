import { readFile, rm } from 'node:fs/promises';
import { blockIn, withBlock } from '../core/marked-block.ts';
import { replaceFile } from '../core/replace-file.ts';
import { CRONTAB_MARKS } from './crontab.ts';
import { MARK } from './job.ts';
import { ask, demand, type Machine } from './machine.ts';

/** A text that a scheduler reads. */
export interface Artifact {
  /** As people know it: a path, or `crontab`. */
  readonly place: string;
  /** Undefined if it is not there. */
  read(): Promise<string | undefined>;
  write(text: string): Promise<void>;
  remove(): Promise<void>;
  isOurs(text: string): boolean;
}

export function fileArtifact(path: string): Artifact {
  return {
    place: path,
    read: () => textOf(path),
    write: (text) => replaceFile(path, text),
    remove: () => rm(path, { force: true }),
    isOurs: (text) => text.includes(MARK),
  };
}

/** Our lines of the user's crontab; the others are not touched. */
export function crontabArtifact(machine: Machine): Artifact {
  const place = 'crontab';
  // What can't be read must not be written anew from nothing.
  const read = async () => {
    const ran = await ask(machine, ['crontab', '-l']);
    if (ran !== undefined && ran.code !== 0 && /no crontab/i.test(ran.stderr)) return '';
    return ran?.code === 0 ? ran.stdout : undefined;
  };
  const demandText = async () => (await read()) ?? (await demand(machine, ['crontab', '-l'])).stdout;
  return {
    place,
    // Who may use no crontab has nothing in it.
    read: async () => blockIn((await read()) ?? '', CRONTAB_MARKS, place),
    async write(text) {
      await demand(machine, ['crontab', '-'], withBlock(await demandText(), CRONTAB_MARKS, text, place));
    },
    async remove() {
      const left = withBlock(await demandText(), CRONTAB_MARKS, undefined, place);
      if (left === '') await demand(machine, ['crontab', '-r']);
      else await demand(machine, ['crontab', '-'], left);
    },
    isOurs: () => true,
  };
}

/** Undefined if there is no such file. */
export async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}
