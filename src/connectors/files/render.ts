import type { Root, RootContent } from 'mdast';
import { addFidelity, NO_CONSTRUCTS, type SourceDocument } from '../../core/document.ts';
import { pathFrom } from '../../core/path-from.ts';
import type { ImportedText } from '../../memory/imports.ts';
import { describeGraph, type KnowledgeGraph } from '../../memory/knowledge-graph.ts';
import { heading, nestHeadings } from '../nodes.ts';
import { ownAddress } from '../own-address.ts';
import { readTextFile } from '../text-file.ts';

interface FileToRender {
  readonly source: string;
  /** What the whole is called. */
  readonly folder: string;
  readonly name: string;
  /** Of all that the document shows. */
  readonly hash: string;
}

/** A file of text, and below it what it imports. */
export function renderFile(
  { source, folder, name, hash }: FileToRender,
  text: string,
  imports: readonly ImportedText[],
): SourceDocument {
  const file = readTextFile(text, { name, address: addressesFrom(source, name) });
  const read = imports.map(({ path, text: own }) => ({
    path,
    ...readTextFile(own, { name: path, address: addressesFrom(source, path) }),
  }));
  const imported = read.flatMap(({ path, children }): RootContent[] => [
    heading(2, path),
    ...nestHeadings(children, 2),
  ]);
  const body: Root = { type: 'root', children: [...file.children, ...imported] };
  return {
    facts: {
      id: name,
      source,
      type: 'file',
      title: file.title ?? name,
      url: ownAddress(source, name),
      ...(file.status !== undefined && { status: file.status }),
      ...(file.labels.length > 0 && { labels: file.labels }),
      fields: {
        folder,
        path: name,
        hash,
        ...(imports.length > 0 && { imports: imports.map(({ path }) => path) }),
        ...(file.data && { front_matter: file.data }),
      },
    },
    body,
    warnings: [file, ...read].flatMap(({ warnings }) => warnings),
    fidelity: read.reduce((sum, { fidelity }) => addFidelity(sum, fidelity), file.fidelity),
    attachments: [],
  };
}

/** What an assistant remembers, as one document. */
export function renderGraph(
  { source, folder, name, hash }: FileToRender,
  graph: KnowledgeGraph,
): SourceDocument {
  const { entities, relations } = graph;
  return {
    facts: {
      id: name,
      source,
      type: 'memory',
      title: name,
      url: ownAddress(source, name),
      fields: { folder, path: name, hash, entities: entities.length, relations: relations.length },
    },
    body: { type: 'root', children: describeGraph(graph) },
    warnings: [],
    fidelity: NO_CONSTRUCTS,
    attachments: [],
  };
}

function addressesFrom(source: string, name: string): (href: string) => string | undefined {
  return (href) => {
    if (href.startsWith('#') || /^[a-z][a-z\d+.-]*:/i.test(href)) return href;
    if (href.startsWith('//')) return `https:${href}`;
    const [, relative = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(href) ?? [];
    const target = relative === '' ? name : pathFrom(name, relative);
    return target === undefined ? undefined : ownAddress(source, target) + rest;
  };
}
