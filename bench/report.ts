import { execFileSync } from 'node:child_process';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { markdownTable } from 'markdown-table';
import type { Row } from './row.ts';

/** What `--json` writes: the figures of one run, and of what machine they are. */
export interface Report {
  readonly machine: Machine;
  /** The day, in UTC. */
  readonly measured: string;
  /** Whether inputs were small and rounds few. */
  readonly quick: boolean;
  readonly rows: readonly ReportRow[];
}

export interface ReportRow extends Row {
  /** Which bench measured it. */
  readonly bench: string;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Of 2^30 bytes. */
  readonly gibibytes: number;
  readonly system: string;
  readonly node: string;
  readonly git: string;
}

export function thisMachine(): Machine {
  const [processor] = cpus();
  return {
    processor: processor?.model.trim() ?? 'unknown',
    cores: cpus().length,
    gibibytes: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.version,
    git: execFileSync('git', ['--version'], { encoding: 'utf8' }).trim().replace('git version ', ''),
  };
}

export function machineText({ processor, cores, gibibytes, system, node, git }: Machine): string {
  return `${processor}, ${cores} cores, ${gibibytes} GiB; ${system}; Node.js ${node}, git ${git}`;
}

/** The report for people: the machine, and all rows as one table of markdown. */
export function told({ machine, measured, quick, rows }: Report): string {
  return [
    `${measured}: ${machineText(machine)}.`,
    ...(quick ? ['Small inputs and few rounds: it runs, and the bars are not judged.'] : []),
    ...(rows.length > 0 ? ['', table(quick ? rows.map(({ ok: _, ...row }) => row) : rows)] : []),
  ].join('\n');
}

/** Rows in markdown, numbers below each other. */
export function table(rows: readonly Row[]): string {
  return markdownTable([COLUMNS.map(({ head }) => head), ...rows.map(cellsOf)], {
    align: COLUMNS.map(({ isNumber }) => (isNumber ? 'right' : 'left')),
  });
}

const words = (head: string) => ({ head, isNumber: false });
const numbers = (head: string) => ({ head, isNumber: true });
const COLUMNS = [
  ...[words('figure'), numbers('median'), numbers('min–max'), words('unit')],
  ...[
    words('peer'),
    numbers('its median'),
    numbers('its min–max'),
    numbers('ratio'),
    words('bar'),
    words(''),
  ],
];

function cellsOf(row: Row): string[] {
  const { name, value, min, max, unit, peer = '', peerValue, peerMin, peerMax, ratio, bar = '', ok } = row;
  const verdict = ok === undefined ? '' : ok ? 'ok' : 'MISSED';
  return [
    ...[name, figure(value), range(min, max), unit],
    ...[peer, figure(peerValue), range(peerMin, peerMax), figure(ratio), bar, verdict],
  ];
}

function range(min: number | undefined, max: number | undefined): string {
  return min === undefined ? '' : `${figure(min)}–${figure(max)}`;
}

/** Three digits that mean something. */
function figure(value: number | undefined): string {
  if (value === undefined) return '';
  return Math.abs(value) >= 1000
    ? Math.round(value).toLocaleString('en')
    : value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
