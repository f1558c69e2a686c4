import type { Root } from 'mdast';
import type { Facts, SourceDocument } from '../../core/document.ts';
import { pathFrom } from '../../core/path-from.ts';
import type { TrackedFile } from '../../core/source-repositories.ts';
import { pageOf, type WebAddress } from '../../core/web-address.ts';
import { ownAddress } from '../own-address.ts';
import { isMarkdown, readTextFile } from '../text-file.ts';
import type { History } from './history.ts';
import { wikiLinks } from './wiki-links.ts';

export interface RenderOptions {
  readonly source: string;
  /** What the repository is called, such as `shop`. */
  readonly repository: string;
  readonly branch: string | undefined;
  readonly web: WebAddress | undefined;
}

const PICTURE = /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|ico)$/i;

/** A file of the repository as a document. `history` tells who made and who last changed it, as far as that is known. */
export function renderFile(
  { path, blob }: TrackedFile,
  text: string,
  history: History | undefined,
  options: RenderOptions,
): SourceDocument {
  const { source, repository, branch, web } = options;
  const isWiki = web?.isWiki ?? false;
  const written = isWiki && isMarkdown(path) ? wikiLinks(text) : text;
  const file = readTextFile(written, { name: path, address: addressesFrom(path, options) });
  const { first, last } = history ?? {};
  const page = pageOf(path).replaceAll('-', ' ');
  const facts: Facts = {
    id: path,
    source,
    type: isWiki ? 'page' : 'file',
    title: (isWiki ? page : file.title) ?? path,
    url: addressOf(path, options),
    ...(first && { created: first.date, author: first.author }),
    ...(last && { updated: last.date, editor: last.author }),
    ...(file.status !== undefined && { status: file.status }),
    ...(file.labels.length > 0 && { labels: file.labels }),
    fields: {
      repository,
      path,
      ...(branch !== undefined && { branch }),
      ...(last && { commit: last.commit }),
      blob,
      ...(file.data && { front_matter: file.data }),
    },
  };
  const body: Root = { type: 'root', children: file.children };
  return { facts, body, warnings: file.warnings, fidelity: file.fidelity, attachments: [] };
}

function addressOf(path: string, { source, web, branch }: RenderOptions): string {
  return web && (branch !== undefined || web.isWiki)
    ? web.file(path, branch ?? 'HEAD')
    : ownAddress(source, path);
}

/** Relative addresses lead to files at the branch, pictures to their contents. */
function addressesFrom(path: string, options: RenderOptions): (href: string) => string | undefined {
  const { web, branch } = options;
  return (href) => {
    if (href.startsWith('#') || /^[a-z][a-z\d+.-]*:/i.test(href)) return href;
    if (href.startsWith('//')) return `https:${href}`;
    const [, relative = '', query = '', hash = ''] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(href) ?? [];
    if (relative === '') return `${addressOf(path, options)}${query}${hash}`;
    const target = pathFrom(path, relative);
    if (target === undefined) return undefined;
    const isPicture = PICTURE.test(target) && web !== undefined && branch !== undefined;
    const address = isPicture ? web.raw(target, branch) : addressOf(target, options);
    return `${address}${/^\?raw=/.test(query) ? '' : query}${hash}`;
  };
}
