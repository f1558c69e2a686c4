import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { type CommitDetails, type Difference, type ObjectWriter, PENDING_REF } from '../engine.ts';
import type { Identity } from '../repo.ts';
import { type GitProcess, startGit } from './command.ts';

/** A path as fast-import reads it whatever characters it begins with. */
export const quoted = (path: string): string =>
  `"${path.replace(/["\\\x00-\x1f\x7f]/g, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`)}"`;

export async function write(stream: Writable, text: string | Uint8Array): Promise<void> {
  if (stream.write(text) || stream.destroyed) return;
  await new Promise<void>((resolve) => {
    const go = () => {
      stream.off('drain', go).off('close', go).off('error', go);
      resolve();
    };
    stream.on('drain', go).on('close', go).on('error', go);
  });
}

/**
 * Writes the objects of commits through one `git fast-import`, which is started by the first one. Under a hundred
 * objects it writes loose ones, else a pack. Because of `--done`, a stream that was cut moves no ref.
 * The paths and identities that it gets have been checked: fast-import itself accepts `.git/x` and `..`.
 */
export function fastImportWriter(
  cwd: string,
  gitDir: string,
  parent: string | null,
  resolvePending: () => Promise<string | null>,
): ObjectWriter {
  let child: GitProcess | undefined;
  let isFirst = true;
  const start = (): GitProcess => {
    child ??= startGit(['fast-import', '--quiet', '--done', '--force', '--depth=0', '--date-format=raw'], {
      cwd,
    });
    child.stdout.resume();
    return child;
  };

  return {
    async blob(_oid, content) {
      const { stdin } = start();
      stdin.cork();
      stdin.write(`blob\ndata ${content.byteLength}\n`);
      stdin.write(content);
      const taken = write(stdin, '\n');
      stdin.uncork();
      await taken;
    },

    async commit(differences, details) {
      const { stdin } = start();
      await write(stdin, commitCommand(details));
      if (isFirst && parent !== null) await write(stdin, `from ${parent}\n`);
      isFirst = false;
      for (const command of changeCommands(differences)) await write(stdin, command);
    },

    async end() {
      const { stdin, done } = start();
      stdin.end('done\n');
      await done;
      child = undefined;
      const id = await resolvePending();
      if (id === null) throw new Error(`fast-import left no ${PENDING_REF}`);
      return id;
    },

    async abort() {
      if (child === undefined) return;
      const { pid, stdin, done } = child;
      stdin.end();
      // It fails, because the stream lacks its `done`, and reports that as a crash in the git folder.
      await done.catch(() => {});
      rmSync(join(gitDir, `fast_import_crash_${pid}`), { force: true });
      child = undefined;
    },
  };
}

/** Without `from` it goes on from the commit before. */
function commitCommand({ message, author, committer, seconds }: CommitDetails): string {
  const who = ({ name, email }: Identity) => `${name} <${email}> ${seconds} +0000`;
  return `commit ${PENDING_REF}\nauthor ${who(author)}\ncommitter ${who(committer)}\ndata ${Buffer.byteLength(message)}\n${message}\n`;
}

function* changeCommands(differences: readonly Difference[]): Generator<string> {
  // Removals first: a file that becomes a folder would take the folder's new files with it.
  for (const { path, new: next } of differences) if (next === null) yield `D ${quoted(path)}\n`;
  for (const { path, new: next } of differences) {
    if (next) yield `M ${next.mode} ${next.oid} ${quoted(path)}\n`;
  }
}
