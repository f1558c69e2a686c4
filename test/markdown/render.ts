import type { Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import {
  fromAdf,
  fromHtml,
  fromStorage,
  linkDocument,
  type ReadContext,
  type Reading,
  writeMarkdown,
} from '../../src/markdown/index.ts';

export const context: ReadContext = {
  siteUrl: 'https://acme.atlassian.net',
  space: 'ENG',
  pageId: '42',
  person: (accountId) => ({ 'acc-1': 'Ann Lee' })[accountId],
  attachment: ({ name, mediaId }) => {
    const file = name ?? (mediaId === 'media-1' ? 'plan.png' : undefined);
    return file === undefined || file === 'gone.png'
      ? undefined
      : { url: `https://acme.atlassian.net/files/${file}`, name: file };
  },
};

/** The markdown of a reading with its links as they are. */
export function written({ root }: Reading): string {
  return linkDocument(writeMarkdown(root), (url) => url);
}

export const storage = (xml: string) => written(fromStorage(xml, context));
export const adf = (...content: unknown[]) => written(fromAdf({ type: 'doc', version: 1, content }, context));
export const html = (source: string) => written(fromHtml(source, context));

/** Markdown as GitHub's grammar reads it. */
export function parse(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}
