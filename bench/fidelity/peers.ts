import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import TurndownService from 'turndown';
import type { CorpusPage } from '../corpus.ts';

/** A public converter, set up as its own documentation says. */
export interface Peer {
  readonly name: string;
  readonly convert: (page: CorpusPage) => string;
}

const require = createRequire(import.meta.url);

/** Undefined until `npm ci --prefix bench` has installed them. */
export function loadPeers(): readonly Peer[] | undefined {
  const installed = existsSync(fileURLToPath(new URL('../node_modules', import.meta.url)));
  return installed
    ? [turndown(), joplin(), confluencePlugin(), nodeHtml(), rehype(), mdream(), adf()]
    : undefined;
}

function turndown(): Peer {
  const service = new TurndownService();
  return { name: 'turndown', convert: ({ html }) => service.turndown(html) };
}

type Plugin = (service: TurndownService) => void;

function joplin(): Peer {
  const Service = require('@joplin/turndown') as typeof TurndownService;
  const { gfm } = require('@joplin/turndown-plugin-gfm') as { gfm: Plugin };
  const service = new Service({ headingStyle: 'atx', codeBlockStyle: 'fenced' });
  service.use(gfm);
  return { name: '@joplin/turndown', convert: ({ html }) => service.turndown(html) };
}

function confluencePlugin(): Peer {
  const { gfm } = require('@guyplusplus/turndown-plugin-gfm') as { gfm: Plugin };
  const { confluenceGfm } = require('turndown-plugin-confluence-to-gfm') as { confluenceGfm: Plugin };
  const service = new TurndownService({ headingStyle: 'atx', codeBlockStyle: 'fenced' });
  service.use([gfm, confluenceGfm]);
  return { name: 'turndown-plugin-confluence-to-gfm', convert: ({ html }) => service.turndown(html) };
}

function nodeHtml(): Peer {
  const { NodeHtmlMarkdown } = require('node-html-markdown') as {
    NodeHtmlMarkdown: { translate(html: string): string };
  };
  return { name: 'node-html-markdown', convert: ({ html }) => NodeHtmlMarkdown.translate(html) };
}

interface Processor {
  use(plugin: unknown, options?: object): Processor;
  processSync(text: string): { toString(): string };
}

function rehype(): Peer {
  const { unified } = require('unified') as { unified(): Processor };
  const plugin = (name: string) => (require(name) as { default: unknown }).default;
  const processor = unified()
    .use(plugin('rehype-parse'), { fragment: true })
    .use(plugin('rehype-remark'))
    .use(plugin('remark-gfm'))
    .use(plugin('remark-stringify'));
  return { name: 'rehype-remark', convert: ({ html }) => processor.processSync(html).toString() };
}

function mdream(): Peer {
  const { htmlToMarkdown } = require('@mdream/js') as { htmlToMarkdown(html: string): string };
  return { name: '@mdream/js', convert: ({ html }) => htmlToMarkdown(html) };
}

function adf(): Peer {
  const { convertADFToMarkdown } = require('adf-to-markdown') as {
    convertADFToMarkdown(document: unknown): string;
  };
  return { name: 'adf-to-markdown', convert: (page) => convertADFToMarkdown(page.adf) };
}
