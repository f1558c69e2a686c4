import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Judgement } from '../../src/search/judgements.ts';

const FOLDER = fileURLToPath(new URL('../../../shared/corpus/ir', import.meta.url));
const NAMES = ['cacm', 'cisi', 'cranfield', 'medline'];

/** Documents, and questions of which people judged which documents answer them. */
export interface JudgedCollection {
  readonly name: string;
  readonly documents: readonly JudgedDocument[];
  /** Documents by their paths. */
  readonly judgements: readonly Judgement[];
}

export interface JudgedDocument {
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

interface CollectionFile {
  readonly docs: readonly { readonly id: string; readonly title: string; readonly text: string }[];
  readonly queries: readonly { readonly id: string; readonly text: string }[];
  readonly qrels: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** The collections, or why there are none. */
export function judgedCollections(): readonly JudgedCollection[] | string {
  const missing = NAMES.find((name) => !existsSync(`${FOLDER}/${name}.json`));
  return missing === undefined ? NAMES.map(read) : `there is no ${missing}.json in ${FOLDER}`;
}

function read(name: string): JudgedCollection {
  const file: CollectionFile = JSON.parse(readFileSync(`${FOLDER}/${name}.json`, 'utf8'));
  const pathOf = (id: string) => `${name}/${id}.md`;
  const judgements = file.queries.flatMap(({ id, text }) => {
    const relevant = Object.entries(file.qrels[id] ?? {}).filter(([, grade]) => grade > 0);
    // What nothing answers measures nothing.
    if (relevant.length === 0) return [];
    return {
      query: text,
      relevant: new Map(relevant.map(([id, grade]) => [pathOf(id), grade])),
    } as Judgement;
  });
  const documents = file.docs.map(({ id, title, text }) => ({ path: pathOf(id), title, text }));
  return { name, documents, judgements };
}
