import { spawnSync } from 'node:child_process';

/** Runs git in a repository and answers what it prints; fails as git does. */
export function git(path: string, args: readonly string[], input?: string): Buffer {
  return run('git', ['-C', path, ...args], { input });
}

/**
 * Runs several lines of git in a repository, which name the arguments `$1` and so on. To start a small shell that starts git
 * costs a large process far less than to start each git.
 */
export function shell(path: string, script: string, args: readonly string[] = []): Buffer {
  return run('sh', ['-ec', script, 'sh', ...args], { cwd: path });
}

function run(
  program: string,
  args: readonly string[],
  options: { input?: string | undefined; cwd?: string },
) {
  const result = spawnSync(program, args, { ...options, maxBuffer: 256 * 1024 * 1024 });
  if (result.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${result.stderr}`);
  return result.stdout;
}

const FILES = `
list=$(git -c core.quotePath=false ls-tree -r --format='%(objectname) %(path)' "$1")
[ -z "$list" ] || printf '%s\\n' "$list" | git cat-file --batch='%(objectsize) %(rest)'`;

/** Every file of a commit's tree with its bytes as text, by path. */
export function filesAt(path: string, commit = 'HEAD'): Map<string, string> {
  const output = shell(path, FILES, [commit]);
  const files = new Map<string, string>();
  for (let offset = 0; offset < output.length; ) {
    const end = output.indexOf('\n', offset);
    const header = output.subarray(offset, end).toString();
    const [, size, file] = /^(\d+) ([^"].*)$/.exec(header) ?? [];
    if (size === undefined || file === undefined) throw new Error(`not a file with a plain name: ${header}`);
    offset = end + 1 + Number(size) + 1;
    files.set(file, output.subarray(end + 1, offset - 1).toString());
  }
  return files;
}

/** The documents of a commit: its files without the state that lies beside them. */
export function documentsAt(path: string, commit = 'HEAD'): Map<string, string> {
  return new Map([...filesAt(path, commit)].filter(([file]) => !file.startsWith('.ctx/')));
}
