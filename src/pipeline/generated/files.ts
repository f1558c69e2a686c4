import type { Facts } from '../../core/document.ts';
import { attachmentsOf } from '../attachments/place.ts';
import { agents } from './agents.ts';
import { type File, folderIndexes, type ListedDocument, MAX_INDEX_BYTES } from './folder-index.ts';
import { listing } from './listing.ts';
import { GENERATED_MARK, linkLine, page } from './markdown.ts';
import { inOrder, largest, type Section, sectionFolder } from './sections.ts';

/** Raised when other text is written for the same documents, so that repositories get it without any news. */
export const GENERATED_VERSION = 2;

/** Files too: whether one is shown as text is left to git, which looks at its bytes. */
const GIT_ATTRIBUTES = `# Written by ctx build. Documents and files are stored byte for byte.
*.md -text
attachments/** -text
`;

/** Folders that `llms.txt` links to; `INDEX.md` has room for more. */
const MAX_LINKS = 200;

export interface PlacedDocument extends ListedDocument {
  readonly facts: Facts;
}

/** A configured source: the name of its folder, and what stands in it in words, as its model says. */
export interface LedToSource {
  readonly source: string;
  readonly layout: string;
}

/**
 * The files that lead a reader to the documents: `AGENTS.md` and `CLAUDE.md`, `llms.txt`, `INDEX.md` at the top and in
 * the folders of the sources, and `.gitattributes`. A pure function of the documents.
 */
export function* generatedFiles(
  sources: readonly LedToSource[],
  documents: readonly PlacedDocument[],
): Generator<File> {
  const folders = Map.groupBy(documents, ({ path }) => sectionFolder(path));
  const sizes = [...folders].map(([folder, group]) => ({ folder, documents: group.length }));
  const hasFiles = documents.some(({ facts }) => attachmentsOf(facts).length > 0);
  yield* leadingFiles(sources, sizes, hasFiles);
  for (const [folder, group] of folders) yield* folderIndexes(folder, group);
}

/** Those at the top of the repository, which say how many documents each folder has. */
export function* leadingFiles(
  sources: readonly LedToSource[],
  folders: readonly Section[],
  hasFiles: boolean,
): Generator<File> {
  const order = sources.map(({ source }) => source);
  const sections = inOrder(order, folders);
  yield ['.gitattributes', GIT_ATTRIBUTES];
  yield ['AGENTS.md', agents(sources, sections, hasFiles)];
  yield ['CLAUDE.md', `${GENERATED_MARK}\n@AGENTS.md\n`];
  yield ['llms.txt', llms(inOrder(order, largest(sections, MAX_LINKS)))];
  yield ['INDEX.md', rootIndex(order, sections)];
}

/** Whether the file at a path is one that builds write, and not a person's. */
export function isGenerated(path: string, content: string): boolean {
  return path === '.gitattributes'
    ? content.startsWith('# Written by ctx build.')
    : content.includes(GENERATED_MARK);
}

/** Whether an index of a folder may stand at a path. */
export function isFolderIndex(path: string): boolean {
  return /^[^/]+\/.+\/INDEX\.md$/s.test(path);
}

function llms(sections: readonly Section[]): string {
  const lines = sections.map(({ folder }) => `- [${folder}](${encodeURI(folder)}/INDEX.md)`);
  return `# Context repository

> What the team knows, as markdown with YAML frontmatter, rebuilt on a schedule. ${GENERATED_MARK}

How it is laid out is in [AGENTS.md](AGENTS.md), and [INDEX.md](INDEX.md) leads to all folders.

## Documents

${lines.join('\n')}
`;
}

function rootIndex(sources: readonly string[], sections: readonly Section[]): string {
  const bySource = Map.groupBy(sections, ({ folder }) => folder.slice(0, folder.indexOf('/')));
  const room = MAX_INDEX_BYTES / Math.max(1, bySource.size) - 600;
  return page(
    'Index',
    sources.flatMap((source) => {
      const own = bySource.get(source);
      return own === undefined ? [] : [`## ${source}\n`, ...sourceIndex(own, room)];
    }),
  );
}

function sourceIndex(sections: readonly Section[], room: number): string[] {
  const ranked = largest(sections, sections.length);
  const { text, listed } = listing(
    ranked.map(({ folder, documents }) => ({
      place: [folder],
      line: () =>
        `${linkLine(folder, `${folder}/INDEX.md`)} ${documents} ${documents === 1 ? 'document' : 'documents'}`,
    })),
    room,
  );
  const left = sections.length - listed;
  return left === 0 ? [text] : [text, `${left} more folders, all of them smaller, are not listed here.\n`];
}
