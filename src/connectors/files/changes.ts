import { createHash } from 'node:crypto';
import type { FilesSource } from '../../config/sources/files.ts';
import type { SourceDocument } from '../../core/document.ts';
import type { LocalFile, LocalFiles } from '../../core/local-files.ts';
import type { Logger } from '../../core/logger.ts';
import { importsOf, takesImports } from '../../memory/instructions.ts';
import { readKnowledgeGraph } from '../../memory/knowledge-graph.ts';
import { readFile } from '../../memory/read-file.ts';
import type { ChangesOptions, SourceEvent } from '../contract.ts';
import { FOLDER } from './model.ts';
import { listFiles } from './read-folder.ts';
import { renderFile, renderGraph } from './render.ts';

export interface FilesReader {
  readonly config: FilesSource;
  /** What the whole is called. */
  readonly folder: string;
  readonly files: LocalFiles;
  readonly log: Logger;
}

/**
 * One run: every file is read, and those are told whose content differs. Of files that are not to be copied there is no document,
 * by the configuration's own word.
 */
export async function* filesChanges(
  { config, folder, files, log }: FilesReader,
  { known, full, again = [], signal }: ChangesOptions,
): AsyncGenerator<SourceEvent> {
  if (!config.copy) {
    log.debug(`${config.id}: is left where it is; copy: true copies it`);
    for (const { id } of known.values()) yield { type: 'delete', id, reason: 'excluded' };
    yield { type: 'complete', scope: FOLDER };
    return;
  }
  const found = await listFiles(files, config);
  const place = { source: config.id, folder };
  yield { type: 'expect', documents: found.files.length };
  for (const id of found.left) if (known.get(id)) yield { type: 'delete', id, reason: 'excluded' };
  for (const file of found.files) {
    signal.throwIfAborted();
    const { name: id } = file;
    const read = await readFile(files, file);
    if ('error' in read) {
      yield { type: 'failed', id, error: read.error };
      continue;
    }
    if ('unreadable' in read) {
      log.warn(`${config.id}: ${id} is left out: it is ${read.unreadable}`);
      continue;
    }
    const document = await documentOf(file, read.text, { ...place, all: found.files, files });
    if (document === undefined) continue;
    const isSame = known.get(id)?.fields?.hash === document.facts.fields?.hash;
    if (isSame && !full && !again.includes(id)) yield { type: 'present', id };
    else yield { type: 'upsert', document };
  }
  yield { type: 'complete', scope: FOLDER };
}

interface Surroundings {
  readonly source: string;
  readonly folder: string;
  readonly all: readonly LocalFile[];
  readonly files: LocalFiles;
}

/** Undefined for lines of JSON that are no memory: records of sessions, data. */
async function documentOf(
  { name }: LocalFile,
  text: string,
  { source, folder, all, files }: Surroundings,
): Promise<SourceDocument | undefined> {
  if (/\.jsonl?$/i.test(name)) {
    const graph = readKnowledgeGraph(text);
    return graph && renderGraph({ source, folder, name, hash: hashOf([text]) }, graph);
  }
  const find = async (path: string) => all.find((file) => file.name === path);
  const imports = takesImports(name) ? await importsOf(text, name, find, files) : [];
  const hash = hashOf([text, ...imports.flatMap((each) => [each.path, each.text])]);
  return renderFile({ source, folder, name, hash }, text, imports);
}

function hashOf(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 32);
}
