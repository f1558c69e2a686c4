import type { LocalFile, LocalFiles } from '../../core/local-files.ts';

/** A file that holds mail. */
export interface MailFile extends LocalFile {
  readonly kind: 'mbox' | 'message';
  /** What it is called as long as it holds the same: a Maildir moves and renames messages as they are looked at. */
  readonly key: string;
  /** The folder that its messages are in, such as `Archive/2026`; absent for the one that was asked for. */
  readonly folder?: string;
}

/** The names that programs give to what is no mail yet, or is to be no more. */
const UNWANTED = /^(?:drafts?|junk(?: e-?mail)?|spam|bulk mail|trash|bin|deleted(?: items| messages)?)$/i;

/** Whether a folder or label holds what is read only if it is asked for by name. */
export function isUnwanted(name: string): boolean {
  return UNWANTED.test(name);
}

/**
 * The files with mail at a path, which may be one itself: messages of a Maildir or by their names, mboxes by their names
 * or their first word. In the order of their names.
 */
export async function* mailFiles(files: LocalFiles, path: string): AsyncGenerator<MailFile> {
  const asked = lastSegment(path);
  for await (const file of files.list(path, { skipFolder: isUnwantedFolder })) {
    if (file.name === asked) yield singleFile(file);
    else {
      const mail = byName(file);
      if (mail !== 'unknown') yield* mail ? [mail] : [];
      else if (await beginsLikeMbox(files, file)) yield* mboxes(file);
    }
  }
}

export function lastSegment(path: string): string {
  return path.split(/[\\/]/).findLast((segment) => segment !== '') ?? '';
}

/** Of folders below the path. `tmp` has what is on its way into a Maildir. */
function isUnwantedFolder(path: string): boolean {
  const name = lastSegment(path).replace(/\.(?:sbd|mbox)$/i, '');
  return name === 'tmp' || name.split('.').some(isUnwanted);
}

function singleFile(file: LocalFile): MailFile {
  return { ...file, kind: /\.eml$/i.test(file.name) ? 'message' : 'mbox', key: file.name };
}

function byName(file: LocalFile): MailFile | 'unknown' | undefined {
  const segments = file.name.split('/');
  const base = segments.pop() ?? '';
  if ((segments.at(-1) === 'cur' || segments.at(-1) === 'new') && !base.startsWith('.')) {
    segments.pop();
    // Behind `:2,` are its flags (https://cr.yp.to/proto/maildir.html); where no name may hold a colon, others stand for it.
    const key = [...segments, 'cur', base.replace(/[:;!]2,[A-Za-z]*$/, '')].join('/');
    return { ...file, kind: 'message', key, ...inFolder(segments) };
  }
  if (/\.eml$/i.test(base)) return { ...file, kind: 'message', key: file.name, ...inFolder(segments) };
  if (/\.mbox$/i.test(base) || base === 'mbox') return mboxes(file)[0];
  return base.includes('.') ? undefined : 'unknown';
}

function mboxes(file: LocalFile): MailFile[] {
  const segments = file.name.split('/');
  // Apple Mail exports a folder with a file that is called so.
  if (segments.at(-1) === 'mbox') segments.pop();
  const stem = segments.at(-1)?.replace(/\.mbox$/i, '') ?? '';
  return isUnwanted(stem) ? [] : [{ ...file, kind: 'mbox', key: file.name, ...inFolder(segments) }];
}

async function beginsLikeMbox(files: LocalFiles, { path }: LocalFile): Promise<boolean> {
  const decoder = new TextDecoder();
  let beginning = '';
  for await (const bytes of files.read(path, { end: 5 })) beginning += decoder.decode(bytes);
  return beginning === 'From ';
}

/** The folder as its owner sees it: Maildir++ writes `.Archive.2026` for `Archive/2026`, Thunderbird `Archive.sbd/2026`. */
function inFolder(segments: readonly string[]): { readonly folder?: string } {
  const names = segments.map((segment) =>
    segment.startsWith('.') ? segment.slice(1).replaceAll('.', '/') : segment.replace(/\.(?:mbox|sbd)$/i, ''),
  );
  const folder = names.filter((name) => name !== '').join('/');
  return folder === '' ? {} : { folder };
}
