import type { SourceDocument } from '../../core/document.ts';
import { fromGithub } from '../../markdown/index.ts';
import type { Overview, Readme } from './listing-schema.ts';
import { readmeId, TYPES } from './model.ts';
import { isWhole, relativeTo, siteOf, Writing } from './writing.ts';

/** What a repository says of itself. Its address has the readme's place in it, which tells it from that of anything else. */
export function renderReadme(
  { path, sha, encoding, content }: Readme,
  overview: Overview,
  source: string,
): SourceDocument {
  const { id: repositoryId, nameWithOwner: repository, url, description, defaultBranchRef } = overview;
  const site = siteOf(url);
  const writing = new Writing({ source, site, repository, repositoryId });
  const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
  const text = new TextDecoder().decode(bytes);
  const branch = defaultBranchRef?.name ?? 'HEAD';
  const children = isMarkdown(path)
    ? writing.take(...readingOf(text, { site, repository, branch, path }))
    : [{ type: 'code' as const, value: text }];
  const { document } = writing.document(
    {
      ...{ id: readmeId(repositoryId), type: TYPES.readme, title: repository, url: `${url}#readme` },
      fields: { repository, repository_id: repositoryId, about: description ?? null, path, sha },
    },
    [...children],
  );
  return document;
}

/** https://github.com/github/markup#markups */
function isMarkdown(path: string): boolean {
  return /\.(?:md|markdown|mdown|mkdn?|mdwn)$/i.test(path);
}

function readingOf(
  text: string,
  { site, repository, branch, path }: Record<'site' | 'repository' | 'branch' | 'path', string>,
) {
  const { root, warnings, fidelity } = fromGithub(text, {
    siteUrl: site,
    repository,
    address: (href) => inRepository(`${site}/${repository}`, branch, path, href),
    person: () => undefined,
  });
  return [root.children, warnings, fidelity] as const;
}

const PICTURE = /\.(?:png|jpe?g|gif|svg|webp|ico|bmp)$/i;

/** A path from the file's folder, or from the repository's root, as the site shows it; a picture as what it is. */
function inRepository(home: string, branch: string, path: string, href: string): string | undefined {
  if (isWhole(href) || href.startsWith('//')) return relativeTo(home, href);
  const root = `${home}/blob/${branch}/`;
  const base = href.startsWith('/') ? root : root + path;
  const url = relativeTo(base, href.replace(/^\/+/, ''));
  if (url === undefined || !url.startsWith(root)) return url;
  const isPicture = PICTURE.test(new URL(url).pathname);
  return isPicture && !url.includes('?') ? `${url}?raw=true` : url;
}
