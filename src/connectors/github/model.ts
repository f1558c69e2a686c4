import type { GithubKind } from '../../config/sources/github.ts';
import type { Facts } from '../../core/document.ts';
import type { Plain } from '../../core/plain.ts';
import type { SourceModel } from '../contract.ts';

/** What each kind's documents call themselves in their frontmatter. */
export const TYPES: Readonly<Record<GithubKind, string>> = {
  pulls: 'pull-request',
  issues: 'issue',
  discussions: 'discussion',
  releases: 'release',
  readme: 'readme',
};

export function kindOf({ type }: Pick<Facts, 'type'>): GithubKind | undefined {
  return (Object.keys(TYPES) as GithubKind[]).find((kind) => TYPES[kind] === type);
}

/** What of a kind a repository has. */
export function kindScope(repositoryId: string, kind: GithubKind): string {
  return `repository:${repositoryId}/${kind}`;
}

export function viewScope(view: string): string {
  return `view:${view}`;
}

/** A repository has one readme, whatever its file is called. */
export function readmeId(repositoryId: string): string {
  return `${repositoryId}/readme`;
}

/** The last part of the addresses that lead to what has a number: GitHub leads from each of them to the right one. */
const NUMBERED = ['issues', 'pull', 'discussions'] as const;

const LAYOUT = `Work on GitHub: \`OWNER-REPOSITORY/\` with \`overview.md\` (the README), \`pulls/\`, \`issues/\`, \`discussions/\` and
  \`releases/\`, by number. Frontmatter: \`repository\`, \`number\`, \`status\`, \`labels\`, \`reviewers\`, \`merged\`.`;

/** What can be said of documents from their facts. They are called by their addresses; what has a number, by all that lead to it. */
export function githubModel(source: string): SourceModel {
  return {
    source,
    layout: LAYOUT,
    placement(facts) {
      const { title, fields = {}, created = '' } = facts;
      const kind = kindOf(facts);
      const repository = (textIn(fields, 'repository') || 'unknown').replace('/', '-');
      if (kind === 'readme' || kind === undefined)
        return { folder: [repository], name: 'overview', shard: '' };
      const folder = [repository, kind] as const;
      if (kind === 'releases')
        return { folder, name: textIn(fields, 'tag') || title, shard: created.slice(0, 4) };
      const number = typeof fields.number === 'number' ? fields.number : 0;
      return { folder, name: title, prefix: padded(number, 4), shard: shardOf(number) };
    },
    containers: () => [],
    scopes(facts) {
      const { views = [], fields = {} } = facts;
      const kind = kindOf(facts);
      const isListed = kind !== undefined && fields.only_in_views !== true;
      return [
        ...(isListed ? [kindScope(textIn(fields, 'repository_id'), kind)] : []),
        ...views.map(viewScope),
      ];
    },
    names({ url }) {
      const found = URL.canParse(url) ? addressIn(new URL(url)) : undefined;
      if (found === undefined) return [];
      const { repository, number, rest } = found;
      if (number === undefined) return [nameOf(`${repository}${rest}`)];
      return NUMBERED.map((path) => nameOf(`${repository}/${path}/${number}`));
    },
    resolve(url) {
      const found = addressIn(url);
      if (found === undefined) return undefined;
      const { repository, number, rest } = found;
      const address = `${repository}${rest}`;
      const anchor = number === undefined ? '' : url.hash.slice(1);
      return { name: nameOf(address), url: address, ...(anchor !== '' && { anchor }) };
    },
  };
}

const nameOf = (address: string): string => `github:${address}`;

const padded = (number: number, digits: number): string => String(number).padStart(digits, '0');

/** `04000` holds 4000 to 4999. */
function shardOf(number: number): string {
  return padded(Math.floor(number / 1000) * 1000, 5);
}

interface Address {
  /** Of the repository. */
  readonly repository: string;
  readonly number?: string;
  /** What follows the repository's. */
  readonly rest: string;
}

const ADDRESS = /^(\/[\w.-]+\/[\w.-]+)(\/(?:issues|pull|discussions)\/(\d{1,9})|\/releases\/tag\/[^/]+)?$/;

/**
 * The document that an address names: nothing but its own page, without a query. A repository's page is called only with the
 * readme's place in it, since other services have addresses of two parts.
 */
function addressIn({ origin, pathname, search, hash }: URL): Address | undefined {
  const [, path, rest, number] = ADDRESS.exec(pathname) ?? [];
  if (path === undefined || search !== '') return undefined;
  const repository = origin + path;
  if (rest === undefined) return hash === '#readme' ? { repository, rest: hash } : undefined;
  return { repository, rest, ...(number !== undefined && { number }) };
}

function textIn(fields: { readonly [name: string]: Plain }, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}
