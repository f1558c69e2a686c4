import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { git, gitOutcome } from './command.ts';
import { isPartial } from './fetch.ts';
import { AS_IS } from './history-walk.ts';

/** Something by which git finds a commit, and so keeps it. */
export interface Root {
  readonly kind: 'ref' | 'reflog' | 'worktree';
  /** Such as `refs/tags/v1`, `stash@{1}` or a folder. */
  readonly name: string;
  /** The ref itself; of a reflog the ref whose log it is. */
  readonly ref: string;
  readonly commit: string;
}

/** All roots but the index. Entries of reflogs whose commits are gone hold nothing. */
export async function listRoots(cwd: string): Promise<Root[]> {
  return [...(await refs(cwd)), ...(await reflogs(cwd)), ...(await detachedWorktrees(cwd))];
}

async function refs(cwd: string): Promise<Root[]> {
  const format = '--format=%(refname)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)';
  const lines = (await git(['for-each-ref', format], { cwd, ...AS_IS }))
    .split('\n')
    .filter((line) => line !== '');
  return lines.flatMap((line): Root[] => {
    const [ref = '', type, oid = '', innerType, inner = ''] = line.split('\0');
    if (type === 'commit') return [{ kind: 'ref', name: ref, ref, commit: oid }];
    return innerType === 'commit' ? [{ kind: 'ref', name: ref, ref, commit: inner }] : [];
  });
}

/** Only refs/ and HEAD have logs. `git log -g` shows none of the entries whose commits are missing. */
async function reflogs(cwd: string): Promise<Root[]> {
  const args = ['log', '-g', '--all', '--no-show-signature', '--format=%H%x00%gD'];
  const { stdout } = await gitOutcome(args, { cwd, ...AS_IS, accept: [128] });
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [commit = '', name = ''] = line.split('\0');
    return { kind: 'reflog', name, ref: name.replace(/@\{\d+\}$/, ''), commit };
  });
}

/** Other work trees of the repository: their branches are refs, a detached HEAD is not. */
async function detachedWorktrees(cwd: string): Promise<Root[]> {
  const listed = (await git(['worktree', 'list', '--porcelain'], { cwd })).split('\n\n');
  return listed.slice(1).flatMap((text): Root[] => {
    const [, name = ''] = /^worktree (.*)$/m.exec(text) ?? [];
    const [, commit = ''] = /^HEAD (\w+)$/m.exec(text) ?? [];
    return /^detached$/m.test(text) ? [{ kind: 'worktree', name, ref: name, commit }] : [];
  });
}

/** Refs that name no commit: tags of files and folders. */
export async function oddRefs(cwd: string): Promise<string[]> {
  const format = '--format=%(refname)%00%(objecttype)%00%(*objecttype)';
  const lines = (await git(['for-each-ref', format], { cwd, ...AS_IS }))
    .split('\n')
    .filter((line) => line !== '');
  return lines.flatMap((line) => {
    const [ref = '', type, inner] = line.split('\0');
    return type === 'commit' || inner === 'commit' ? [] : [ref];
  });
}

/** Why the repository's own objects are not all of its history, if so. */
export async function missingHistory(cwd: string): Promise<string | undefined> {
  const files = ['--git-path', 'objects/info/alternates', '--git-path', 'info/grafts'];
  const asked = ['rev-parse', '--is-shallow-repository', ...files];
  const [shallow, alternates = '', grafts = ''] = (await git(asked, { cwd })).trim().split('\n');
  if (shallow === 'true') return 'is a shallow clone';
  if (await isPartial(cwd)) return 'is a partial clone';
  if (existsSync(resolve(cwd, grafts))) return `shows other parents of commits than they have (${grafts})`;
  return existsSync(resolve(cwd, alternates)) ? 'borrows objects from another repository' : undefined;
}
