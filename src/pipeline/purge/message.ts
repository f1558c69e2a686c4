import { inert, SIGNS, shorten, VERBS } from '../message.ts';

const TRAILER = /^Context-Sources: /m;
const PURGED = '[purged]';

/** Whether the message is one that a build wrote: of a person's, nothing is known but its words. */
export function isOwnMessage(message: string): boolean {
  return TRAILER.test(message);
}

/** A message of ours without the title of a document that its commit changed: once as subject, once in its list. */
export function withoutTitle(message: string, title: string): string {
  // Older builds wrote titles as they are, but for line breaks.
  const forms = [inert(title), title.replace(/\s+/g, ' ').trim()];
  const [first = '', ...lines] = message.split('\n');
  const verb = Object.values(VERBS).find((each) =>
    forms.some((form) => first === shorten(`${each} ${form}`)),
  );
  const at = lines.findIndex((line) => forms.some((form) => suffixOf(line, form) !== undefined));
  const listed = lines.map((line, index) => {
    if (index !== at) return line;
    const suffix = forms.map((form) => suffixOf(line, form)).find((each) => each !== undefined);
    return `${line.slice(0, PREFIX)}${PURGED}${suffix}`;
  });
  return [verb === undefined ? first : `${verb} ${PURGED}`, ...listed].join('\n');
}

/** Two spaces, a sign and a space. */
const PREFIX = 4;

/** What follows the title in the line of a document: nothing, or why it was removed. */
function suffixOf(line: string, title: string): string | undefined {
  const sign = Object.values(SIGNS).find((each) => line.startsWith(`  ${each} ${title}`));
  if (sign === undefined) return undefined;
  const suffix = line.slice(PREFIX + title.length);
  return /^(?: \([a-z-]+\))?$/.test(suffix) ? suffix : undefined;
}
