import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const CORPUS = fileURLToPath(new URL('../../shared/corpus', import.meta.url));
const FOLDER = `${CORPUS}/confluence-pages/testcases`;

/** One real page in the three forms that Confluence gives of it. */
export interface CorpusPage {
  readonly id: string;
  readonly storage: string;
  /** The rendered view. */
  readonly html: string;
  readonly adf: unknown;
}

/** The pages that are there in all forms, or why there are none. */
export function corpusPages(): readonly CorpusPage[] | string {
  if (!existsSync(FOLDER)) return `there is no corpus at ${FOLDER}`;
  const ids = readdirSync(FOLDER).filter((id) => existsSync(`${FOLDER}/${id}/page.html`));
  const read = (id: string, name: string) => readFileSync(`${FOLDER}/${id}/${name}`, 'utf8');
  return ids.map((id) => ({
    id,
    storage: read(id, 'page.xhtml'),
    html: read(id, 'page.html'),
    adf: JSON.parse(read(id, 'page.adf')) as unknown,
  }));
}

/** Small documents in storage format, a macro or two in each, from the tests of other tools. */
export function macroDocuments(): readonly string[] {
  return globSync('storage-macros/**/*.{xml,html}', { cwd: CORPUS })
    .sort()
    .map((file) => readFileSync(`${CORPUS}/${file}`, 'utf8'));
}
