import { counted } from '../core/counted.ts';
import { oneLine } from '../core/one-line.ts';
import { shownMoment } from './dates.ts';
import { type ChangedDocument, folderOf, type TreeDiff } from './diff.ts';
import { inWords } from './facts.ts';

const KINDS = { added: 'new', deleted: 'gone', renamed: 'moved', modified: 'changed' } as const;
const SECTIONS = 5;

/** The differences as markdown that people and agents read. */
export function diffMarkdown(diff: TreeDiff, since: Date): string {
  const { from, to, began, counts, documents, more } = diff;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const parts = (['added', 'deleted', 'renamed', 'modified'] as const)
    .filter((kind) => counts[kind] > 0)
    .map((kind) => `${counts[kind]} ${KINDS[kind]}`);
  const range = `${from.id.slice(0, 10)} → ${to.id.slice(0, 10)}`;
  const lines = [
    `# Changes since ${shownMoment(since)}`,
    '',
    ...(began === null
      ? []
      : [
          `The history begins at ${shownMoment(from.committed)} with ${counted(began, 'document')}. Since then:`,
          '',
        ]),
    total === 0
      ? `No document changed (${range}).`
      : `${counted(total, 'document')}: ${parts.join(', ')} (${range}).`,
  ];
  let folder = '';
  for (const document of documents) {
    if (folderOf(document.path) !== folder) {
      folder = folderOf(document.path);
      lines.push('', `## ${folder}`, '');
    }
    lines.push(...entry(document));
  }
  if (more > 0) lines.push('', `… and ${counted(more, 'other document')}.`);
  return lines.join('\n');
}

function entry(document: ChangedDocument): string[] {
  const { kind, key, title, url, path, formerPath, facts, text, patch } = document;
  const name = inert(key === null ? title : `${key} ${title}`);
  const who = document.people.map(
    ({ name: person, role }) => `${role === 'assignee' ? 'assigned to' : 'by'} ${inert(person)}`,
  );
  const link = /^https?:\/\/[^\s<>()]+$/.test(url) ? `[${name}](${url})` : name;
  const lines = [`- **${KINDS[kind]}** ${[link, ...who].join(', ')}`];
  lines.push(`  - ${code(path)}${formerPath === undefined ? '' : `, before ${code(formerPath)}`}`);
  for (const change of facts) lines.push(`  - ${inert(inWords(change))}`);
  if (kind === 'modified' || text.added + text.removed > 0) lines.push(`  - ${textLine(document)}`);
  if (patch) lines.push('', ...fenced(patch), '');
  return lines;
}

function textLine({ kind, facts, text: { added, removed }, sections }: ChangedDocument): string {
  if (added + removed === 0) return facts.length === 0 ? 'only dates and versions' : 'text unchanged';
  if (kind === 'added' || kind === 'deleted') return counted(added + removed, 'line');
  const shown = sections.slice(0, SECTIONS).map((heading) => oneLine(heading) || 'the beginning');
  const rest = sections.length > SECTIONS ? ` and ${sections.length - SECTIONS} more` : '';
  return `text +${added} −${removed}: ${shown.join('; ')}${rest}`;
}

/** Someone else's words, which mark up nothing here. Headings are markdown already. */
function inert(text: string): string {
  return oneLine(text).replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}

const code = (path: string) => `\`${oneLine(path)}\``;

function fenced(patch: string): string[] {
  const fence = '`'.repeat(Math.max(3, ...Array.from(patch.matchAll(/`+/g), ([mark]) => mark.length + 1)));
  return [`${fence}diff`, patch.replace(/\n$/, ''), fence].map((line) => line.replace(/^/gm, '    '));
}
