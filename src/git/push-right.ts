import { ctxError } from '../core/errors/index.ts';
import { harmlessCause, messageOf, reasonOf, splitRemote, withoutCredentials } from './credentials.ts';
import { accessTo } from './spawned/access.ts';
import { feed, startGit } from './spawned/command.ts';
import { findSource } from './spawned/fetch.ts';

/** What git and ssh say of a remote that wants to know who asks; the words are fixed by LC_ALL=C. */
const REFUSED =
  /Authentication failed|could not read (?:Username|Password)|terminal prompts disabled|Permission (?:denied|to .* denied)|returned error: 403|access denied/i;
/** The remote answered, and has commits that we have not. */
const BEHIND = /\[rejected\].*\((?:fetch first|non-fast-forward)/;

export interface PushTrial {
  readonly cwd: string;
  /** A remote's name, a URL or a path. */
  readonly remote: string;
  readonly branch: string;
  readonly signal: AbortSignal;
}

/** The remote that a build would push to: what is configured, or else the clone's origin. Undefined if there is none. */
export async function pushTarget(cwd: string, configured: string | null): Promise<string | undefined> {
  if (configured !== null) return configured;
  return (await findSource(cwd, undefined, 'HEAD')) ? 'origin' : undefined;
}

/**
 * Tries a push of HEAD without pushing: whether the remote would take it, or has moved on. Fails with `git.push-refused` for
 * want of credentials or rights, and with `git.push-failed` otherwise.
 */
export async function tryPush({
  cwd,
  remote: given,
  branch,
  signal,
}: PushTrial): Promise<'ready' | 'behind'> {
  const remote = (await findSource(cwd, given, branch))?.remote ?? splitRemote(given);
  const { settings, env } = accessTo(remote);
  const child = startGit(
    [
      ...['push', '--dry-run', '--porcelain', '--no-verify'],
      ...['--', remote.url, `HEAD:refs/heads/${branch}`],
    ],
    { cwd, env: { ...env }, settings: [...settings], accept: [1] },
  );
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  try {
    let said = '';
    const feeding = feed(child, []);
    for await (const chunk of child.stdout.setEncoding('utf8')) said += chunk;
    const [, code] = await Promise.all([feeding, child.done]);
    if (code === 0) return 'ready';
    if (BEHIND.test(said)) return 'behind';
    throw new Error(/^!.*\t(.*)$/m.exec(said)?.[1] ?? 'the remote refused the push');
  } catch (error) {
    signal.throwIfAborted();
    const reason = reasonOf(messageOf(error).replace(/^git push failed \([^)]*\): /, ''), remote);
    const params = { remote: withoutCredentials(remote.url), branch, reason };
    const code = REFUSED.test(reason) ? 'git.push-refused' : 'git.push-failed';
    throw ctxError(code, params, harmlessCause(error, remote));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
