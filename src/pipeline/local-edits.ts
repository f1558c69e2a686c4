import { ctxError } from '../core/errors/index.ts';
import type { ContextRepo } from '../git/repo.ts';
import { attachmentsOf } from './attachments/place.ts';
import type { Manifest } from './manifest.ts';

/** Fails, with the code that the command says it with, if a document or attachment of ours has uncommitted edits. */
export async function refuseLocalEdits(
  repo: ContextRepo,
  { sources }: Pick<Manifest, 'sources'>,
  code: 'build.local-edits' | 'git.local-edits',
): Promise<void> {
  const ours = [...sources.values()].flatMap((entries) =>
    [...entries.values()].flatMap(({ path, facts }) => [path, ...attachmentsOf(facts)]),
  );
  const paths = await repo.localEdits(ours);
  if (paths.length > 0) throw ctxError(code, { paths });
}
