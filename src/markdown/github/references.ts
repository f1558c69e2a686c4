import type { PhrasingContent } from 'mdast';
import type { ReadContext } from '../context.ts';
import { inlineCode, link, text } from '../nodes.ts';

const NAME = '[A-Za-z\\d](?:[A-Za-z\\d-]{0,37}[A-Za-z\\d])?';
const REPOSITORY = `${NAME}/[\\w.-]{1,100}`;

/**
 * Numbers of issues, mentions and whole names of commits, as GitHub links them
 * (https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls).
 * Shortened names of commits are left: only the service knows which of them are some.
 */
const REFERENCE = new RegExp(
  [
    `(?<![\\w/.&#@-])(?:`,
    `(?<repository>${REPOSITORY})?#(?<number>\\d{1,9})(?![\\w-])`,
    `|[Gg][Hh]-(?<other>\\d{1,9})(?![\\w-])`,
    `|(?<home>${REPOSITORY})@(?<short>[\\da-f]{7,40})(?![\\w-])`,
    `|(?<commit>[\\da-f]{40})(?![\\w-])`,
    `|@(?<login>${NAME})(?:/(?<team>[\\w-]{1,100}))?(?![\\w/-])`,
    `)`,
  ].join(''),
  'g',
);

/** The words with links where GitHub makes them. What is counted in a repository that is not known stays as it is. */
export function linkReferences(value: string, context: ReadContext): PhrasingContent[] {
  const nodes: PhrasingContent[] = [];
  let end = 0;
  for (const match of value.matchAll(REFERENCE)) {
    const node = linkOf(match[0], match.groups ?? {}, context);
    if (node === undefined) continue;
    if (match.index > end) nodes.push(text(value.slice(end, match.index)));
    nodes.push(node);
    end = match.index + match[0].length;
  }
  if (end < value.length) nodes.push(text(value.slice(end)));
  return nodes;
}

type Groups = Readonly<Record<string, string | undefined>>;

function linkOf(shown: string, groups: Groups, context: ReadContext): PhrasingContent | undefined {
  const { number, other, short, commit, login, team } = groups;
  const repository = groups.repository ?? groups.home ?? context.repository;
  const site = context.siteUrl.replace(/\/+$/, '');
  if (login !== undefined) {
    if (team === undefined) return link(`${site}/${login}`, [text(shown)]);
    // Packages look like teams.
    const isOwn = login.toLowerCase() === context.repository?.split('/')[0]?.toLowerCase();
    return isOwn ? link(`${site}/orgs/${login}/teams/${team}`, [text(shown)]) : undefined;
  }
  if (repository === undefined) return undefined;
  const oid = short ?? commit;
  if (oid !== undefined) {
    const name = shown.replace(oid, oid.slice(0, 7));
    return link(`${site}/${repository}/commit/${oid}`, [inlineCode(name)]);
  }
  return link(`${site}/${repository}/issues/${number ?? other}`, [text(shown)]);
}
