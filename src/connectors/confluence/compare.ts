import type { Facts } from '../../core/document.ts';
import type { ChangesOptions } from '../contract.ts';
import { isRenamed } from '../renamed.ts';
import type { CommentSummary } from './comments.ts';
import { filesDiffer, includesDiffer, type Surroundings } from './dependencies.ts';
import type { Listed } from './listing.ts';
import type { ConfluenceCheckpoint } from './model.ts';
import { calledOtherwise } from './names.ts';
import type { People } from './people.ts';
import { commentFields } from './render.ts';

/** Tells the documents whose text may differ from the repository's. */
export function stalePredicate(
  { known, again = [], checkpoint }: ChangesOptions,
  comments: ReadonlyMap<string, CommentSummary>,
  people: People,
  surroundings: Surroundings,
): (document: Listed) => boolean {
  const { pending = [], unlisted = [] } = (checkpoint as ConfluenceCheckpoint | undefined) ?? {};
  const retried = new Set([...pending, ...again, ...(surroundings.attachments.complete ? unlisted : [])]);
  return (document) => {
    const facts = known.get(document.id);
    if (facts === undefined || retried.has(document.id)) return true;
    return (
      facts.version !== document.version ||
      facts.parent !== document.parent ||
      calledOtherwise(facts, document) ||
      people.differ(facts.people) ||
      !sameList(facts.labels, document.labels) ||
      !sameComments(facts, comments.get(document.id)) ||
      includesDiffer(facts, surroundings) ||
      filesDiffer(facts, surroundings) ||
      (facts.fields?.homepage === true) !== (document.space.homepageId === document.id) ||
      isRenamed(String(facts.fields?.space_name ?? ''), document.space.name ?? '')
    );
  };
}

function sameList(before: readonly string[] | undefined, now: readonly string[] | undefined): boolean {
  const [a, b] = [before ?? [], [...(now ?? [])].sort()];
  return a.length === b.length && a.every((label, index) => !isRenamed(label, b[index] ?? ''));
}

function sameComments({ fields }: Facts, comments: CommentSummary | undefined): boolean {
  const now = commentFields(comments);
  return ['comments', 'comments_open', 'comments_updated'].every((name) => fields?.[name] === now[name]);
}
