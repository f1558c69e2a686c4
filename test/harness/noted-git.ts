import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { onTestFinished, vi } from 'vitest';

/** Puts a git from `folder` into PATH that notes each command before it runs it; answers the commands since the last time. */
export function notedGit(folder: string): () => string[] {
  const notes = join(folder, 'notes');
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  // The command is the first word that is neither `-c` nor a setting.
  const script = `#!/bin/sh
for word; do case "$word" in -c|*.*=*) ;; *) echo "$word" >> "${notes}"; break;; esac; done
exec "${real}" "$@"
`;
  writeFileSync(join(folder, 'git'), script, { mode: 0o755 });
  writeFileSync(notes, '');
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  return () => {
    const commands = readFileSync(notes, 'utf8').split('\n').slice(0, -1);
    writeFileSync(notes, '');
    return commands;
  };
}
