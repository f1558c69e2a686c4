import { git, gitOutcome } from './command.ts';
import { AS_IS } from './history-walk.ts';

export async function isAncestor(cwd: string, ancestor: string, descendant: string): Promise<boolean> {
  const args = ['merge-base', '--is-ancestor', ancestor, descendant];
  return (await gitOutcome(args, { cwd, accept: [1] })).code === 0;
}

/** The commits that lead to `tips` and to none of `others`, newest first. */
export async function commitsNotIn(
  cwd: string,
  tips: readonly string[],
  others: readonly string[],
): Promise<string[]> {
  const input = [...tips, ...others.map((commit) => `^${commit}`)].map((line) => `${line}\n`);
  const lines = (await git(['rev-list', '--stdin'], { cwd, ...AS_IS, input })).split('\n');
  return lines.filter((line) => line !== '');
}

/** Where a ref is and, as far as its log tells, was; none if there is no such ref. */
export async function placesOf(cwd: string, ref: string): Promise<string[]> {
  const logged = await gitOutcome(['log', '-g', '--no-show-signature', '--format=%H', ref, '--'], {
    cwd,
    ...AS_IS,
    accept: [128],
  });
  const places = logged.stdout.split('\n').filter((line) => line !== '');
  // Each entry tells where it led, so that where the first one came from is asked for by the number after the last.
  for (const revision of [ref, `${ref}@{${places.length}}`]) {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
    const { stdout } = await gitOutcome(args, { cwd, accept: [1, 128] });
    if (stdout !== '') places.push(stdout.trim());
  }
  return [...new Set(places)];
}
