import type { GitSource } from '../../config/sources/git.ts';
import { globMatcher } from '../globs.ts';

const TEXTS = '{md,mdx,markdown,rst,adoc,asciidoc,txt,org}';

/** What people write to be read. */
const DEFAULT_DOCUMENTS = [
  '**/readme{,.*}',
  `{docs,doc,adr}/**/*.${TEXTS}`,
  `**/{adr,adrs,decisions}/**/*.${TEXTS}`,
  '{contributing,architecture,changelog,security}{,.*}',
  `{,**/}{AGENTS,CLAUDE}.md`,
  '.github/*.md',
];
const WIKI_PAGES = [`**/*.${TEXTS}`];
/** Sidebars and footers of wikis. */
const FRAMES = ['**/_*'];
/** Other people's texts, and what no one wrote. */
const FOREIGN = ['**/{node_modules,vendor,third_party,bower_components,dist}/**'];

/** Which of a repository's files become documents. */
export interface Choice {
  isDocument(path: string): boolean;
  /** All that the choice depends on. */
  readonly globs: readonly (readonly string[])[];
}

export function choiceOf(
  { documents, exclude }: Pick<GitSource, 'documents' | 'exclude'>,
  isWiki: boolean,
): Choice {
  const own = documents ?? (isWiki ? WIKI_PAGES : DEFAULT_DOCUMENTS);
  const without = documents === undefined ? (isWiki ? FRAMES : FOREIGN) : [];
  const [matches, isForeign, isExcluded] = [globMatcher(own), globMatcher(without), globMatcher(exclude)];
  return {
    isDocument: (path) => matches(path) && !isForeign(path) && !isExcluded(path),
    globs: [own, without, exclude],
  };
}
