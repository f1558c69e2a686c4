/** A line as `ctx slack export` writes it. */
export interface ExportLine {
  readonly text_md?: string;
  readonly text?: string;
  readonly ts?: string;
  readonly [name: string]: unknown;
}

/** The second of March 2026, a Monday, at midnight in UTC. */
export const MONDAY = Date.parse('2026-03-02T00:00Z') / 1000;

export const tsOf = (seconds: number): string => seconds.toFixed(6);

/** What somebody says in a channel, a minute after each other from nine on, unless `more` says otherwise. */
export function said(texts: readonly string[], more: Readonly<Record<string, unknown>> = {}): ExportLine[] {
  return texts.map((text_md, n) => ({
    ...{ text_md, ts: tsOf(MONDAY + 9 * 3600 + n * 60), channel_id: 'C1', channel_type: 'channel' },
    ...{ thread_ts: null, reply_to: null },
    ...more,
  }));
}

export const jsonl = (lines: readonly unknown[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

/** The items again and again, `count` in all. */
export const repeated = <T>(items: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, n) => items[n % items.length] as T);
