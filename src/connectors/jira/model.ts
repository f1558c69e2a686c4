import type { Facts } from '../../core/document.ts';
import type { SourceModel } from '../contract.ts';

const KEY = /^[A-Z][A-Z0-9_]*-\d+$/i;

/** The scope of one view's listing. */
export function viewScope(view: string): string {
  return `view:${view}`;
}

const LAYOUT = `Tickets of Jira: \`VIEW/KEY-title.md\`, in the folder of the first view that has them; \`views\` names all.
  Frontmatter: \`key\`, \`status\`, \`issue_type\`, \`priority\`, \`assignee\`, \`reporter\`, \`project\`, \`labels\`, \`parent\`.`;

/**
 * What can be said of a site's tickets from their facts. A ticket's name is its site and key, so that several sites
 * may have the same keys; the site comes from the ticket's own address.
 */
export function jiraModel(source: string): SourceModel {
  return {
    source,
    layout: LAYOUT,
    placement({ views, key = '', title }) {
      // A ticket that is fetched by itself is in no view.
      const folder = views?.[0] ?? key.replace(/-\d+$/, '');
      return { folder: [folder], name: title, prefix: key, shard: shardOf(key) };
    },
    containers: () => [],
    scopes: ({ views }) => (views ?? []).map(viewScope),
    names(facts) {
      const site = siteOf(facts);
      return [...new Set([facts.key ?? [], facts.aliases ?? []].flat())].map((key) => nameOf(site, key));
    },
    resolve(url) {
      const found = keyIn(url);
      if (!found) return undefined;
      const { site, key } = found;
      const comment = url.searchParams.get('focusedCommentId');
      const anchor = comment ? `comment-${comment}` : url.hash.slice(1);
      return { name: nameOf(site, key), url: `${site}/browse/${key}`, ...(anchor !== '' && { anchor }) };
    },
  };
}

function nameOf(site: string, key: string): string {
  return `jira:${site}/${key}`;
}

/** The key of the issue that is called so on this site: by its key, or by an address. */
export function keyOf(name: string, siteUrl: string): string | undefined {
  if (KEY.test(name)) return name.toUpperCase();
  const found = URL.canParse(name) ? keyIn(new URL(name)) : undefined;
  return found?.site === siteUrl ? found.key : undefined;
}

function siteOf({ url }: Facts): string {
  return url.replace(/\/browse\/[^/]*$/, '');
}

/** `ACME-01000` holds ACME-1000 to ACME-1999. */
function shardOf(key: string): string {
  const [, project = '', number = '0'] = /^(.*)-(\d+)$/.exec(key) ?? [];
  const thousand = Math.floor(Number(number) / 1000) * 1000;
  return `${project}-${String(thousand).padStart(5, '0')}`;
}

/** The issue that an address opens: its own page, a project's or a board's, or one with an issue selected. */
function keyIn(url: URL): { readonly site: string; readonly key: string } | undefined {
  const own = /^(.*)\/browse\/([^/]+)\/?$/.exec(url.pathname);
  if (own) return withKey(url.origin + own[1], own[2]);
  const inApp = /^\/jira\/(?:.*\/)?issues\/([^/]+)\/?$/.exec(url.pathname);
  if (inApp && KEY.test(inApp[1] ?? '')) return withKey(url.origin, inApp[1]);
  if (!/^\/(jira|projects|issues|secure)\b/.test(url.pathname)) return undefined;
  return withKey(url.origin, url.searchParams.get('selectedIssue') ?? undefined);
}

function withKey(site: string, key: string | undefined) {
  return key !== undefined && KEY.test(key) ? { site, key: key.toUpperCase() } : undefined;
}
