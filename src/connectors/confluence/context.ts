import type { Nodes, Root } from 'mdast';
import type { SourceAttachment } from '../../core/document.ts';
import type { Attachment, PageReference, ReadContext } from '../../markdown/index.ts';
import { type AttachmentIndex, type AttachmentRecord, attachmentFacts, downloadUrl } from './attachments.ts';
import type { Dependencies, Inclusion, MissingFile } from './dependencies.ts';
import type { Listed } from './listing.ts';
import { contentUrl } from './model.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { Content } from './schema.ts';

/** What a document's texts may ask for, and what of it they asked for. */
export interface DocumentContext {
  readonly context: ReadContext;
  /** Account ids that the texts named. */
  readonly people: ReadonlySet<string>;
  dependencies(): Dependencies;
  /** All files of the document and those of others that its texts asked for; `body` is what became of the texts. */
  attachments(body: Root): SourceAttachment[];
}

export interface DocumentContextOptions {
  readonly siteUrl: string;
  readonly listed: Listed;
  readonly content: Content;
  /** Bodies of the pages that its texts include, by id. */
  readonly included: ReadonlyMap<string, Content>;
  /** What the service shows for its live macros, by macro id. */
  readonly rendered: ReadonlyMap<string, string>;
  readonly open: OpenDocuments;
  readonly attachments: AttachmentIndex;
  readonly person: (accountId: string) => string;
}

export function documentContext(options: DocumentContextOptions): DocumentContext {
  const { siteUrl, listed, content, included, rendered, open, attachments } = options;
  const { id, space } = listed;
  const people = new Set<string>();
  const foreign = new Set<AttachmentRecord>();
  const missingFiles = new Map<string, MissingFile>();
  const includes = new Map<string, Inclusion>();

  const own = attachments.of(id);
  const isListed = attachments.complete || own.length > 0;
  const show = (file: AttachmentRecord): Attachment => {
    if (file.container !== id) foreign.add(file);
    const { name, type, size } = file;
    const url = downloadUrl(siteUrl, file.container, name);
    return { url, name, ...(type !== undefined && { mediaType: type }), ...(size !== undefined && { size }) };
  };
  const documentAt = (page: PageReference): Listed | undefined =>
    'id' in page && page.id === id ? listed : open.find(page, space.key);

  const context: ReadContext = {
    siteUrl,
    space: space.key,
    pageId: id,
    person: options.person,
    onPerson: (accountId) => people.add(accountId),
    attachment({ page, ...reference }) {
      const container = page === undefined ? listed : documentAt(page);
      const file = container && attachments.find(container.id, reference);
      if (file) return show(file);
      const { name, mediaId } = reference;
      if (container && !attachments.complete) {
        return name === undefined ? undefined : { name, url: downloadUrl(siteUrl, container.id, name) };
      }
      // The document's own files are compared as a whole.
      if (page !== undefined && container !== listed) {
        const missing = {
          page: qualified(page, space.key),
          ...(name !== undefined && { name }),
          ...(mediaId !== undefined && { media: mediaId }),
        };
        missingFiles.set(JSON.stringify(missing), missing);
      }
      return undefined;
    },
    ...(isListed && { attachments: () => own.map(show) }),
    included(page) {
      const target = documentAt(page);
      if (target === undefined) {
        const missing = qualified(page, space.key);
        includes.set(JSON.stringify(missing), missing);
        return undefined;
      }
      const body = target === listed ? content : included.get(target.id);
      const version = body?.version.number ?? target.version;
      if (target !== listed) includes.set(target.id, { id: target.id, version });
      const storage = body?.body?.storage?.value;
      if (body === undefined || storage === undefined) return undefined;
      const url = contentUrl(siteUrl, target.space.key, target.type, target.id, target.created);
      return { id: target.id, space: target.space.key, title: body.title, url, storage };
    },
    rendered: (macroId) => rendered.get(macroId),
  };

  return {
    context,
    people,
    dependencies: () => ({
      includes: inOrder(includes),
      foreignFiles: [...foreign]
        .map((file) => ({ id: file.id, page: file.container }))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      missingFiles: inOrder(missingFiles),
    }),
    attachments(body) {
      const addresses = addressesIn(body);
      return [...own, ...[...foreign].sort(byContainer)].map((file) => {
        const url = downloadUrl(siteUrl, file.container, file.name);
        return { ...attachmentFacts(file), url, referenced: addresses.has(url) };
      });
    },
  };
}

/** Where the links and images of a text lead. */
function addressesIn(root: Root): Set<string> {
  const addresses = new Set<string>();
  const nodes: Nodes[] = [root];
  for (let node = nodes.pop(); node !== undefined; node = nodes.pop()) {
    if ('url' in node) addresses.add(node.url);
    if (node.type === 'html') {
      for (const [, address = ''] of node.value.matchAll(/\b(?:href|src)="([^"]*)"/g)) addresses.add(address);
    }
    if ('children' in node) nodes.push(...node.children);
  }
  return addresses;
}

/** A reference that means the same wherever it stands. */
function qualified<T extends PageReference>(page: T, space: string): T {
  return 'id' in page ? page : { ...page, space: page.space ?? space };
}

function inOrder<T>(values: ReadonlyMap<string, T>): T[] {
  return [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}

function byContainer(a: AttachmentRecord, b: AttachmentRecord): number {
  const [left, right] = [`${a.container} ${a.name} ${a.id}`, `${b.container} ${b.name} ${b.id}`];
  return left < right ? -1 : 1;
}
