import { createHash } from 'node:crypto';

/** Longer ones are hashed: they stand in frontmatter and addresses. */
const MAX_LENGTH = 250;

/** The ids in a header such as `References`, in their order, without angle brackets. */
export function messageIdsIn(value: string): string[] {
  const found = [...value.matchAll(/<([^<>]+)>/g)].map(([, id = '']) => tidy(id));
  return [...new Set(found.filter((id) => id !== ''))];
}

/** The id that a `Message-ID` header gives; programs that forget the brackets mean its first word. */
export function messageIdIn(value: string): string | undefined {
  const [bracketed] = messageIdsIn(value);
  return bracketed ?? (tidy(value.trim().split(/\s/)[0]?.replace(/[<>]/g, '') ?? '') || undefined);
}

/** Ids of what a message answers, the oldest first. */
export function referencesOf(references: string, inReplyTo: string, ownId: string): string[] {
  const chain = messageIdsIn(references);
  // Some programs wrote more than the id into this header, such as the author's address; the first id is meant.
  const [parent] = messageIdsIn(inReplyTo);
  const bare = /^[^\s<>@]+@[^\s<>@]+$/.test(inReplyTo.trim()) ? [tidy(inReplyTo.trim())] : [];
  const answered = parent ?? bare[0];
  if (answered !== undefined && !chain.includes(answered)) chain.push(answered);
  return chain.filter((id) => id !== ownId);
}

function tidy(id: string): string {
  const clean = id.replace(/[\s\p{Cc}]+/gu, '');
  return clean.length <= MAX_LENGTH
    ? clean
    : `${createHash('sha256').update(clean).digest('hex')}@hash.invalid`;
}
