import type { Entry, ObjectFormat, Trees } from '../engine.ts';
import { ObjectReader } from './cat-file.ts';

/** Trees by one `git cat-file`, which is started by the first that is asked for. */
export function spawnedTrees(cwd: string, format: ObjectFormat): Trees {
  let reader: ObjectReader | undefined;
  const read = async (name: string) => {
    reader ??= new ObjectReader(cwd);
    return parseTree(await reader.read(name), format === 'sha1' ? 20 : 32);
  };
  return {
    ofCommit: (commit) => read(`${commit}^{tree}`),
    read,
    async [Symbol.asyncDispose]() {
      await reader?.[Symbol.asyncDispose]();
    },
  };
}

/** `<mode> <name>\0<id>` after one another (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects). */
function parseTree(bytes: Buffer, idLength: number): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const end = bytes.indexOf(0, space);
    const mode = bytes.toString('latin1', at, space);
    at = end + 1 + idLength;
    entries.set(bytes.toString('utf8', space + 1, end), { mode, oid: bytes.toString('hex', end + 1, at) });
  }
  return entries;
}
