import type { ImapFlow, ListResponse } from 'imapflow';
import { isUnwanted } from './local-files.ts';

/** A folder of a server, as it is to be read. */
export interface ImapFolder {
  readonly path: string;
  /** What its messages are labelled with; absent where that says nothing. */
  readonly label?: string;
  readonly holdsDrafts: boolean;
}

/** Not read unless they are asked for (https://www.rfc-editor.org/rfc/rfc6154). */
const UNWANTED_USES = ['\\Drafts', '\\Junk', '\\Trash'];

/** The folders that are asked for: those that are there, and the names of those that are not. */
export async function chooseFolders(
  client: ImapFlow,
  asked: 'all' | readonly string[],
): Promise<{ readonly folders: readonly ImapFolder[]; readonly unknown: readonly string[] }> {
  const all = (await client.list()).filter(isSelectable);
  if (asked === 'all') {
    const everything = all.find(({ specialUse }) => specialUse === '\\All');
    // Where one folder has all of the mail, the others only show parts of it.
    const chosen = everything ? [everything] : all.filter(isWanted);
    return { folders: chosen.map(folderOf), unknown: [] };
  }
  const found = new Map<string, ImapFolder>();
  const unknown: string[] = [];
  for (const name of asked) {
    const folder = all.find((one) => isCalled(one, name));
    if (folder) found.set(folder.path, folderOf(folder));
    else unknown.push(name);
  }
  return { folders: [...found.values()], unknown };
}

function isCalled({ path, specialUse }: ListResponse, name: string): boolean {
  if (name.startsWith('\\')) return specialUse?.toLowerCase() === name.toLowerCase();
  return path === name || (/^inbox$/i.test(name) && /^inbox$/i.test(path));
}

function isSelectable({ flags }: ListResponse): boolean {
  return !flags.has('\\Noselect') && !flags.has('\\NonExistent');
}

function isWanted({ path, delimiter, specialUse }: ListResponse): boolean {
  return !UNWANTED_USES.includes(specialUse ?? '') && !path.split(delimiter).some(isUnwanted);
}

function folderOf({ path, specialUse }: ListResponse): ImapFolder {
  const saysNothing = /^inbox$/i.test(path) || specialUse === '\\All';
  return { path, ...(!saysNothing && { label: path }), holdsDrafts: specialUse === '\\Drafts' };
}
