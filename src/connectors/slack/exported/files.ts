import { createHash } from 'node:crypto';
import { ctxError, isCtxError } from '../../../core/errors/index.ts';
import type { LocalFile, LocalFiles } from '../../../core/local-files.ts';
import { bytesOf, isZip, zipEntries } from './zip.ts';

/** A file of an export, wherever it lies. */
export interface ExportFile {
  /** In bytes, unpacked. */
  readonly size: number;
  read(): Promise<Uint8Array>;
}

export interface ExportFiles {
  /** By their paths, with `/` between segments. */
  readonly names: readonly string[];
  /** Differs whenever a file may. */
  readonly digest: string;
  /** What a file's JSON says. Fails with `slack.export-file`. */
  json(name: string): Promise<unknown>;
}

export interface ExportPlace {
  readonly source: string;
  /** The ZIP, or the folder that it was unpacked to; absolute. */
  readonly path: string;
  readonly files: LocalFiles;
}

/** No list of people or day of talk is longer; what is may be made to fill the memory. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Fails with `slack.no-export` if the path leads to neither a ZIP nor a folder with files. */
export async function openExportFiles(place: ExportPlace): Promise<ExportFiles> {
  const { source, path, files } = place;
  const hash = createHash('sha256');
  const found: LocalFile[] = [];
  for await (const file of files.list(path)) {
    hash.update(`${file.name}\n${file.size}\n${file.modified}\n`);
    found.push(file);
  }
  const [only, ...others] = found;
  if (only === undefined) throw ctxError('slack.no-export', { source, path, reason: 'the folder is empty' });
  const entries =
    others.length === 0 && (await isZip(files, only))
      ? await zipEntries(place, only)
      : found.map(({ name, size, path: at }) => ({ name, size, read: () => bytesOf(files.read(at), size) }));
  const byName = new Map<string, ExportFile | 'ambiguous'>();
  for (const { name, ...file } of entries)
    if (isData(name)) byName.set(name, byName.has(name) ? 'ambiguous' : file);
  return {
    names: [...byName.keys()].sort(),
    digest: hash.digest('hex').slice(0, 16),
    async json(name) {
      const unreadable = (reason: string, cause?: unknown) =>
        ctxError('slack.export-file', { source, file: name, reason }, cause);
      const file = byName.get(name);
      if (file === undefined) throw unreadable('it is not there');
      if (file === 'ambiguous') throw unreadable('there are two of that name');
      if (file.size > MAX_BYTES) throw unreadable(`it has more than ${MAX_BYTES} bytes`);
      let text: string;
      try {
        text = new TextDecoder('utf-8', { fatal: true }).decode(await file.read());
      } catch (error) {
        if (isCtxError(error)) throw error;
        throw unreadable(error instanceof Error ? error.message : 'it is damaged', error);
      }
      try {
        return JSON.parse(withoutTokens(text));
      } catch {
        // The parser's error quotes the text, so that it can't be kept as the cause.
        throw unreadable('it is no JSON');
      }
    },
  };
}

/** Names only select what is read; a name that leads elsewhere selects nothing. What a Mac adds to a ZIP is none of Slack's. */
function isData(name: string): boolean {
  const segments = name.split('/');
  return name.endsWith('.json') && !segments.some((segment) => ['', '.', '..', '__MACOSX'].includes(segment));
}

/** `&` as JSON, and Slack's own text in it, write it. */
const AND = String.raw`(?:&amp;|&|\\u0026)`;
const TOKEN = String.raw`t=xox[a-z]-[\w%.-]+`;
const FIRST = new RegExp(String.raw`\?${TOKEN}(?:${AND}|(?![\w%.-]))`, 'g');
const LATER = new RegExp(`${AND}${TOKEN}`, 'g');

/** An export's links to files hold a token that opens them to everyone (https://slack.com/help/articles/220556107). */
function withoutTokens(json: string): string {
  return json.replace(LATER, '').replace(FIRST, (found) => (/[&6;]$/.test(found) ? '?' : ''));
}
