import type { Facts } from '../../core/document.ts';
import type { Listed } from './listing.ts';

/** Whether links by title call the document by another name now. Redacted titles can't be compared. */
export function calledOtherwise(facts: Facts, { title, space }: Listed): boolean {
  return facts.space !== space.key || (facts.title !== title && !facts.title.includes('[redacted:'));
}
