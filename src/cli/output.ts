import { styleText } from 'node:util';
import type { CtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';

export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface OutputOptions {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly verbose: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Redrawing more often than this would only flicker; elsewhere a line says how far it is now and then. */
const REDRAW_MS = 100;
const LINE_MS = 10_000;

/**
 * The program's voice: stdout is the answer, stderr the talk. On a terminal progress is one line that is redrawn, elsewhere
 * plain lines. Secrets that have been named to `hide` never pass.
 */
export class Output implements Logger {
  readonly #options: OutputOptions;
  readonly #secrets = new Set<string>();
  readonly #sources = new Map<string, { done: number; total: number | undefined; since: number }>();
  #drawn = false;
  #lastProgress = Number.NEGATIVE_INFINITY;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  hide(secrets: Iterable<string>): void {
    for (const secret of secrets) {
      if (secret === '') continue;
      this.#secrets.add(secret);
      this.#secrets.add(encodeURIComponent(secret));
    }
  }

  /** The answer. */
  print(text: string): void {
    this.#clear();
    this.#options.stdout.write(`${this.#safe(text)}\n`);
  }

  json(value: unknown): void {
    this.print(JSON.stringify(value));
  }

  info(message: string): void {
    this.#say(message);
  }

  warn(message: string): void {
    this.#say(`${this.#style('yellow', 'warning:')} ${message}`);
  }

  debug(message: string): void {
    if (this.#options.verbose) this.#say(this.#style('dim', message));
  }

  error(error: CtxError): void {
    this.#say(`${this.#style('red', 'error:')} ${error.message}\n  ${error.hint}`);
  }

  progress(source: string, done: number, total?: number): void {
    const now = this.#options.now();
    const since = this.#sources.get(source)?.since ?? now;
    this.#sources.set(source, { done, total, since });
    const { stderr } = this.#options;
    if (now - this.#lastProgress < (stderr.isTTY ? REDRAW_MS : LINE_MS)) return;
    if (this.#lastProgress === Number.NEGATIVE_INFINITY && !stderr.isTTY) {
      this.#lastProgress = now;
      return;
    }
    this.#lastProgress = now;
    const text = [...this.#sources].map(([id, state]) => progressText(id, state, now)).join('   ');
    if (!stderr.isTTY) this.#say(text);
    else {
      stderr.write(`\r\u001b[2K${[...this.#safe(text)].slice(0, (stderr.columns || 80) - 1).join('')}`);
      this.#drawn = true;
    }
  }

  /** Ends the progress line, if one stands. */
  endProgress(): void {
    this.#clear();
    this.#sources.clear();
    this.#lastProgress = Number.NEGATIVE_INFINITY;
  }

  #say(text: string): void {
    this.#clear();
    this.#options.stderr.write(`${this.#safe(text)}\n`);
  }

  #clear(): void {
    if (this.#drawn) this.#options.stderr.write('\r\u001b[2K');
    this.#drawn = false;
  }

  #safe(text: string): string {
    let safe = text;
    for (const secret of this.#secrets) safe = safe.replaceAll(secret, '[secret]');
    return safe;
  }

  #style(format: 'yellow' | 'red' | 'dim', text: string): string {
    return this.#options.stderr.isTTY ? styleText(format, text, { stream: process.stderr }) : text;
  }
}

function progressText(
  id: string,
  state: { done: number; total: number | undefined; since: number },
  now: number,
): string {
  const { done, total, since } = state;
  const seconds = (now - since) / 1000;
  const rate = seconds > 0 ? done / seconds : 0;
  const parts = [`${id}: ${done}${total === undefined ? '' : `/${total}`} documents`];
  if (rate > 0) parts.push(`${rate.toFixed(rate < 10 ? 1 : 0)}/s`);
  if (rate > 0 && total !== undefined && total > done) parts.push(`${duration((total - done) / rate)} left`);
  return parts.join(', ');
}

/** Seconds as people say them: `42 s`, `3 min 20 s`, `1 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
