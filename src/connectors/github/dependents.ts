import type { Facts } from '../../core/document.ts';
import type { PendingKind } from './checkpoint.ts';
import { githubModel, kindOf } from './model.ts';
import type { Run } from './run.ts';
import type { Rendered } from './writing.ts';

/*
 * A timeline tells who mentions its document, and GitHub changes no `updatedAt` for that: what a document that was read mentions
 * is read again, and what is linked to one that is gone.
 */

/** Notes what the text of a document calls. */
export function noteMentions(run: Run, { mentions }: Rendered): void {
  for (const url of mentions) {
    const name = URL.canParse(url) ? run.model.resolve(new URL(url))?.name : undefined;
    const id = name === undefined ? undefined : run.idOf(name);
    if (id !== undefined) readAgain(run, id);
  }
}

/** Notes that a document is gone, or has another name. */
export function noteGone(run: Run, id: string): void {
  for (const other of run.options.known.linkingTo(id)) readAgain(run, other);
}

function readAgain(run: Run, id: string): void {
  const facts = run.options.known.get(id);
  const kind = facts && kindOf(facts);
  if (facts === undefined || kind === undefined || kind === 'readme' || run.named.has(id)) return;
  pendingOf(run, facts)?.set(id, kind);
}

function pendingOf({ progress, pending }: Run, { fields }: Facts): Map<string, PendingKind> | undefined {
  return fields?.only_in_views === true ? pending : progress.get(String(fields?.repository_id))?.pending;
}

/** Finds known documents by what links call them; made when the first link asks. */
export function idsByName(source: string, known: Iterable<Facts>): (name: string) => string | undefined {
  let ids: Map<string, string> | undefined;
  return (name) => {
    ids ??= new Map(
      [...known].flatMap((facts) =>
        githubModel(source)
          .names(facts)
          .map((own) => [own, facts.id] as const),
      ),
    );
    return ids.get(name);
  };
}
