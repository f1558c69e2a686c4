import type { Facts } from '../../core/document.ts';
import type { ChangesOptions } from '../contract.ts';
import type { CommentSummary, Listed } from './listing.ts';
import type { ConfluenceCheckpoint } from './model.ts';
import type { People } from './people.ts';
import { commentFields } from './render.ts';

/** Tells the documents whose text may differ from the repository's. */
export function stalePredicate(
  { known, full, checkpoint }: ChangesOptions,
  comments: ReadonlyMap<string, CommentSummary>,
  people: People,
): (document: Listed) => boolean {
  const retried = new Set((checkpoint as ConfluenceCheckpoint | undefined)?.pending);
  return (document) => {
    const facts = known.get(document.id);
    if (full || facts === undefined || retried.has(document.id)) return true;
    return (
      facts.version !== document.version ||
      facts.parent !== document.parent ||
      calledOtherwise(facts, document) ||
      people.differ(facts.people) ||
      !sameList(facts.labels, document.labels) ||
      !sameComments(facts, comments.get(document.id)) ||
      (facts.fields?.homepage === true) !== (document.space.homepageId === document.id) ||
      facts.fields?.space_name !== document.space.name
    );
  };
}

/** Whether links by title call the document by another name now. Redacted titles can't be compared. */
export function calledOtherwise(facts: Facts, { title, space }: Listed): boolean {
  return facts.space !== space.key || (facts.title !== title && !facts.title.includes('[redacted:'));
}

function sameList(before: readonly string[] | undefined, now: readonly string[] | undefined): boolean {
  const [a, b] = [before ?? [], [...(now ?? [])].sort()];
  return (
    a.length === b.length && a.every((label, index) => label === b[index] || label.includes('[redacted:'))
  );
}

function sameComments({ fields }: Facts, comments: CommentSummary | undefined): boolean {
  const now = commentFields(comments);
  return ['comments', 'comments_open', 'comments_updated'].every((name) => fields?.[name] === now[name]);
}
