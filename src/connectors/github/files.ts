import type { RootContent, TableCell } from 'mdast';
import { counted } from '../../core/counted.ts';
import { text } from '../nodes.ts';
import { LISTED_FILES } from './complete.ts';
import type { ChangedFile } from './schema.ts';
import { note, type Writing } from './writing.ts';

/** More of them are told by their folders. */
const SHOWN_FILES = 300;
/** Folders are told apart by so many parts of their paths. */
const FOLDER_DEPTH = 2;

/** The files that a pull request changes; `changed` is how many GitHub says that there are. */
export function fileBlocks(files: readonly ChangedFile[], changed: number, writing: Writing): RootContent[] {
  if (files.length === 0) return [];
  const rows = files.map(({ path, additions, deletions, changeType }) => ({
    name: CHANGES[changeType] ? `${path} (${CHANGES[changeType]})` : path,
    additions,
    deletions,
  }));
  if (changed <= SHOWN_FILES) return [tableOf('File', rows)];
  writing.warn({
    construct: 'files',
    fate: 'degraded',
    detail: `${counted(changed, 'file')}, told by folder`,
  });
  const missing = changed - files.length;
  const beyond =
    missing > 0
      ? [note(`GitHub tells no more than ${LISTED_FILES} files; ${missing} are not counted here.`)]
      : [];
  return [tableOf('Folder', byFolder(files)), ...beyond];
}

const CHANGES: Readonly<Record<string, string>> = {
  ...{ ADDED: 'added', COPIED: 'copied', DELETED: 'deleted', RENAMED: 'renamed' },
};

interface Row {
  readonly name: string;
  readonly additions: number;
  readonly deletions: number;
}

function byFolder(files: readonly ChangedFile[]): Row[] {
  const folders = new Map<string, { files: number; additions: number; deletions: number }>();
  for (const { path, additions, deletions } of files) {
    const folder = path.split('/').slice(0, -1).slice(0, FOLDER_DEPTH).join('/') || '.';
    const sum = folders.get(folder) ?? { files: 0, additions: 0, deletions: 0 };
    sum.files += 1;
    sum.additions += additions;
    sum.deletions += deletions;
    folders.set(folder, sum);
  }
  return [...folders]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([folder, { files: count, ...sums }]) => ({
      name: `${folder} (${counted(count, 'file')})`,
      ...sums,
    }));
}

function tableOf(title: string, rows: readonly Row[]): RootContent {
  const cell = (value: string): TableCell => ({ type: 'tableCell', children: [text(value)] });
  const row = (...values: string[]) => ({ type: 'tableRow' as const, children: values.map(cell) });
  return {
    type: 'table',
    align: [null, 'right', 'right'],
    children: [
      row(title, '+', '−'),
      ...rows.map(({ name, additions, deletions }) => row(name, String(additions), String(deletions))),
    ],
  };
}
