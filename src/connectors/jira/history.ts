import type { Cast } from './people.ts';
import type { History } from './schema.ts';

type Item = NonNullable<History['items']>[number];

/** Changes that say nothing of the work: order on a board, clocks, counters, what comments and links already tell. */
const NOISE = new Set([
  'rank',
  'comment',
  'remoteissuelink',
  'remoteworkitemlink',
  'timeestimate',
  'timespent',
  'timeoriginalestimate',
  'worklogid',
  'worklogtimespent',
  'workflow',
  'issueparentassociation',
  'global rank',
]);

/** Fields whose values come and go one by one. */
const LISTS = new Set(['attachment', 'component', 'fix version', 'link', 'version']);

const LONGEST_VALUE = 80;

/**
 * One line for each moment at which someone changed the issue, oldest first, such as
 * `2026-11-03 Ada: status To Do → In Progress`. Texts are not repeated: `description changed`.
 */
export function historyLines(histories: readonly History[], cast: Cast): string[] {
  const moments: { moment: string; day: string; author: string; changes: string[] }[] = [];
  for (const { author, created, items } of histories) {
    const changes = (items ?? []).flatMap(changesIn);
    if (changes.length === 0 || !created) continue;
    const name = cast.nameOf(author) ?? 'Someone';
    const moment = `${created.slice(0, 16)} ${author?.accountId ?? name}`;
    const last = moments.at(-1);
    if (last?.moment === moment) last.changes.push(...changes);
    else moments.push({ moment, day: created.slice(0, 10), author: name, changes });
  }
  return moments.map(({ day, author, changes }) => `${day} ${author}: ${changes.join('; ')}`);
}

/** One change in words, such as `status To Do → In Progress`; none for those that say nothing of the work. */
export function changesIn({ field, from, to }: Item): string[] {
  const name = inSentence(field);
  if (NOISE.has(field.toLowerCase())) return [];
  if (name === 'description' || isLong(from) || isLong(to)) return [`${name} changed`];
  const [before, after] = [oneLine(from), oneLine(to)];
  if (before === '' && after === '') return [];
  if (before === '') return LISTS.has(name) ? [`${name} ${after} added`] : [`${name} set to ${after}`];
  if (after === '') return [`${name} ${before} removed`];
  return [`${name} ${before} → ${after}`];
}

/** In lower case but for abbreviations: `Fix Version` becomes `fix version`, `API Owner` becomes `API owner`. */
function inSentence(field: string): string {
  return field.replace(/\S+/g, (word) =>
    word.length > 1 && word === word.toUpperCase() ? word : word.toLowerCase(),
  );
}

function isLong(value: string): boolean {
  return value.trim().includes('\n') || value.length > LONGEST_VALUE;
}

function oneLine(value: string): string {
  return value.replace(/\s+/g, ' ').trim();
}
