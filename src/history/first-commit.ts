import { type CtxError, ctxError } from '../core/errors/index.ts';
import type { LoggedCommit, ReadingRepo } from '../git/reading.ts';
import { shownMoment } from './dates.ts';

/** What the history begins with, or what a shallow clone has of it. */
export async function firstCommit(repo: ReadingRepo): Promise<LoggedCommit> {
  let first: LoggedCommit | undefined;
  for await (const commit of repo.log({})) first = commit;
  if (first === undefined) throw new Error(`${repo.path} has a HEAD and no history`);
  return first;
}

export async function beforeFirst(repo: ReadingRepo, when: string): Promise<CtxError> {
  const { committed } = await firstCommit(repo);
  return ctxError('history.before-first', { when, first: shownMoment(committed), path: repo.path });
}
