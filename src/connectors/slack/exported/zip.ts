import { unzipRaw } from 'unzipit';
import { ctxError, isCtxError } from '../../../core/errors/index.ts';
import type { LocalFile, LocalFiles } from '../../../core/local-files.ts';
import type { ExportFile, ExportPlace } from './files.ts';

export interface ZipEntry extends ExportFile {
  readonly name: string;
}

/** What every ZIP with files begins with. */
const SIGNATURE = 'PK\u0003\u0004';

export async function isZip(files: LocalFiles, { path, size }: LocalFile): Promise<boolean> {
  const { length } = SIGNATURE;
  if (size < length) return false;
  return String.fromCharCode(...(await bytesOf(files.read(path, { end: length }), length))) === SIGNATURE;
}

/** What a ZIP's directory lists. Its files are read from where they lie, one at a time; that one says how long it is is held to. */
export async function zipEntries({ source, path, files }: ExportPlace, zip: LocalFile): Promise<ZipEntry[]> {
  try {
    const { entries } = await unzipRaw({
      getLength: async () => zip.size,
      read: (start, length) => bytesOf(files.read(zip.path, { start, end: start + length }), length),
    });
    return entries
      .filter(({ isDirectory }) => !isDirectory)
      .map((entry) => ({
        name: entry.name,
        size: entry.size,
        read: async () => new Uint8Array(await entry.arrayBuffer()),
      }));
  } catch (error) {
    if (isCtxError(error)) throw error;
    const reason = error instanceof Error ? error.message : 'its directory is damaged';
    throw ctxError('slack.no-export', { source, path, reason }, error);
  }
}

/** The bytes of a part of a file; there may be less of it than was said. */
export async function bytesOf(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of chunks) {
    if (filled + chunk.length > size) throw new Error('it grew while it was read');
    bytes.set(chunk, filled);
    filled += chunk.length;
  }
  if (filled < size) throw new Error('it ends too early');
  return bytes;
}
