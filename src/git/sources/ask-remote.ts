import { ctxError } from '../../core/errors/index.ts';
import { harmlessCause, messageOf, type Remote, reasonOf, withoutCredentials } from '../credentials.ts';
import { accessTo } from '../spawned/access.ts';
import { feed, type GitOptions, startGit } from '../spawned/command.ts';

/** A command that talks to a remote. */
export interface RemoteCommand {
  readonly cwd: string;
  readonly remote: Remote;
  readonly signal: AbortSignal;
}

export interface RemoteRefs {
  /** The branch that HEAD names, such as `refs/heads/main`, if it was asked for and names one. */
  readonly head: string | undefined;
  readonly commits: readonly { readonly ref: string; readonly commit: string }[];
}

/**
 * What may be spoken: no programs of a user's (`ext::`), no files. A server that says nothing for a minute is given up.
 * https://git-scm.com/docs/git#Documentation/git.txt-GITALLOWPROTOCOL
 */
const ENVIRONMENT = { GIT_ALLOW_PROTOCOL: 'http:https:ssh:git' };
const SETTINGS = ['http.lowSpeedLimit=1', 'http.lowSpeedTime=60', 'fetch.recurseSubmodules=false'];

/** What git and ssh say of a remote that wants to know who asks; the words are fixed by LC_ALL=C. */
const REFUSED =
  /Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|Permission denied \(|returned error: 403|access denied/i;

/** Where refs of a remote are; those that it has not are not in the answer. */
export async function askRemote(command: RemoteCommand, refs: readonly string[]): Promise<RemoteRefs> {
  const answer = await runWithRemote(command, [
    'ls-remote',
    '--quiet',
    '--symref',
    '--',
    command.remote.url,
    ...refs,
  ]);
  const lines = answer.split('\n').map((line) => line.split('\t') as [string, string?]);
  const head = lines.find(([what, ref]) => what.startsWith('ref: ') && ref === 'HEAD')?.[0].slice(5);
  const commits = lines.flatMap(([commit, ref]) =>
    ref !== undefined && refs.includes(ref) && /^[0-9a-f]{40,64}$/.test(commit) ? [{ ref, commit }] : [],
  );
  return { head, commits };
}

/** Runs git with access to the remote. Fails with `git.remote-unreachable`. The signal ends it. */
export async function runWithRemote(
  { cwd, remote, signal }: RemoteCommand,
  args: readonly string[],
  { input = [], settings: own = [] }: Pick<GitOptions, 'input' | 'settings'> = {},
): Promise<string> {
  signal.throwIfAborted();
  const { settings, env } = accessTo(remote);
  const child = startGit(args, {
    cwd,
    env: { ...env, ...ENVIRONMENT },
    settings: [...SETTINGS, ...settings, ...own],
  });
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const chunks: Buffer[] = [];
    const feeding = feed(child, input);
    for await (const chunk of child.stdout) chunks.push(chunk as Buffer);
    await Promise.all([feeding, child.done]);
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    signal.throwIfAborted();
    const said = messageOf(error).replace(/^git [\w-]+ failed \([^)]*\): /, '');
    const params = { remote: withoutCredentials(remote.url), reason: reasonOf(said, remote) };
    const code = REFUSED.test(said) ? 'repository.refused' : 'git.remote-unreachable';
    throw ctxError(code, params, harmlessCause(error, remote));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
