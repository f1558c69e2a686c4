import { blockIn, type Marks, withBlock } from '../core/marked-block.ts';

const MARKS: Marks = {
  begin: '# >>> context-sync: written by `ctx link`',
  end: '# <<< context-sync',
};

/**
 * An ignore file in which our block says what is ignored for a project; undefined names take the project out. Each project
 * has its lines, under its path, so that one can go while another stays.
 */
export function withIgnored(
  text: string,
  project: string,
  names: readonly string[] | undefined,
  place: string,
): string {
  const entries = entriesIn(blockIn(text, MARKS, place) ?? '');
  if (names) entries.set(project, names);
  else entries.delete(project);
  const body = [...entries].map(([path, ignored]) => [`# ${path}`, ...ignored, ''].join('\n')).join('');
  return withBlock(text, MARKS, body || undefined, place);
}

function entriesIn(body: string): Map<string, readonly string[]> {
  const entries = new Map<string, string[]>();
  let names: string[] = [];
  for (const line of body.split(/\r?\n/)) {
    if (line.startsWith('# ')) {
      names = [];
      entries.set(line.slice(2), names);
    } else if (line !== '') names.push(line);
  }
  return entries;
}
