import { codeSpan } from '../core/code-span.ts';
import { VERBS } from '../pipeline/message.ts';
import type { DocumentChange, SourceReport } from '../pipeline/report.ts';
import type { BuildOutcome } from './build-outcome.ts';

/** With these a digest stays within 60,000 characters: GitHub takes 65,536 for an issue. */
const LISTED_CHANGES = 120;
const LISTED_SOURCES = 40;
const LISTED_ERRORS = 20;
const MESSAGE = 500;

/** What became of a run, as markdown: what failed and how to put it right, then the sources in numbers, then what changed. */
export function buildDigest(outcome: BuildOutcome): string {
  const { exitCode, commit, errors, sources, changes } = outcome;
  const state = exitCode === 0 ? 'done' : (STATES[exitCode] ?? 'failed');
  const blocks = [
    `## Context build: ${state}`,
    [
      exitCode === 0 ? '' : `Exit code ${exitCode}.`,
      commit === null ? 'No commit was made.' : `Commit \`${commit.slice(0, 10)}\`.`,
    ]
      .filter(Boolean)
      .join(' '),
  ];
  if (errors.length > 0) {
    const lines = errors
      .slice(0, LISTED_ERRORS)
      .flatMap(({ message, hint }) => [`- ${codeSpan(message, MESSAGE)}`, `  - ${codeSpan(hint, MESSAGE)}`]);
    blocks.push(
      '### What failed, and the fix',
      [...lines, ...more(errors.length - LISTED_ERRORS)].join('\n'),
    );
  }
  if (sources.length > 0) blocks.push(table(sources));
  if (changes.length > 0) {
    const lines = changes.slice(0, LISTED_CHANGES).map(changeLine);
    blocks.push('### What changed', [...lines, ...more(changes.length - LISTED_CHANGES)].join('\n'));
  }
  return `${blocks.join('\n\n')}\n`;
}

const STATES: Readonly<Record<number, string>> = {
  2: 'the configuration is wrong',
  3: 'credentials are missing or refused',
  4: 'done in part',
  5: 'held back, a person has to decide',
  130: 'interrupted',
};

const more = (count: number): string[] => (count > 0 ? [`- and ${count} more`] : []);

const COLUMNS = ['added', 'modified', 'renamed', 'deleted', 'unchanged', 'failed'] as const;

function table(sources: readonly SourceReport[]): string {
  const rows = sources.slice(0, LISTED_SOURCES).map((source) => {
    const { id, status, reason } = source;
    const state = reason === undefined ? status : `${status}: ${codeSpan(reason)}`;
    return [codeSpan(id), state, ...COLUMNS.map((name) => source[name])];
  });
  const lines = [['source', 'state', ...COLUMNS], ['---', '---', ...COLUMNS.map(() => '--:')], ...rows];
  const cell = (text: string | number) => String(text).replaceAll('|', '\\|');
  return lines.map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');
}

function changeLine({ kind, source, title, reason }: DocumentChange): string {
  const why = reason === undefined ? '' : ` (${reason})`;
  return `- ${VERBS[kind]} ${codeSpan(title)} in ${codeSpan(source)}${why}`;
}
