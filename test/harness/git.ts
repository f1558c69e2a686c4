import { spawnSync } from 'node:child_process';

/** Runs git in a repository and answers what it prints; fails as git does. */
export function git(path: string, args: readonly string[], input?: string): Buffer {
  const result = spawnSync('git', ['-C', path, ...args], { input, maxBuffer: 256 * 1024 * 1024 });
  if (result.status !== 0) throw new Error(`git ${args.join(' ')}: ${result.stderr}`);
  return result.stdout;
}

/** Every file of a commit's tree with its bytes as text, by path. */
export function filesAt(path: string, commit = 'HEAD'): Map<string, string> {
  const entries = git(path, ['ls-tree', '-r', '-z', commit])
    .toString()
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [facts = '', file = ''] = line.split('\t');
      return { file, oid: facts.split(' ')[2] ?? '' };
    });
  const output = git(path, ['cat-file', '--batch'], entries.map(({ oid }) => `${oid}\n`).join(''));
  const files = new Map<string, string>();
  let offset = 0;
  for (const { file } of entries) {
    const end = output.indexOf('\n', offset);
    const size = Number(output.subarray(offset, end).toString().split(' ')[2]);
    files.set(file, output.subarray(end + 1, end + 1 + size).toString());
    offset = end + 1 + size + 1;
  }
  return files;
}

/** The documents of a commit: its files without the state that lies beside them. */
export function documentsAt(path: string, commit = 'HEAD'): Map<string, string> {
  return new Map([...filesAt(path, commit)].filter(([file]) => !file.startsWith('.ctx/')));
}
