import { Writable } from 'node:stream';
import { inspect, styleText } from 'node:util';
import type { CtxError } from '../core/errors/index.ts';
import type { Logger } from '../core/logger.ts';
import { oneLine } from '../core/one-line.ts';
import { patternOf } from './hidden.ts';

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

/** What a terminal obeys instead of showing it. */
const CONTROLS = /[^\P{Cc}\n\t]/gu;
/** What JSON leaves as it is and a terminal or an editor does not. */
const UNESCAPED = /[\x7f-\x9f\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu;

/**
 * The program's voice: stdout is the answer, stderr the talk. On a terminal progress is one line that is redrawn, elsewhere
 * plain lines. Secrets that have been named to `hide` never pass, and what a page's title or a service says can neither
 * begin a line of its own nor reach the terminal as a command.
 */
export class Output implements Logger {
  readonly #options: OutputOptions;
  readonly #secrets = new Set<string>();
  #hidden: RegExp | undefined;
  readonly #sources = new Map<string, { done: number; total: number | undefined; since: number }>();
  #drawn = false;
  #lastProgress = Number.NEGATIVE_INFINITY;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  hide(secrets: Iterable<string>): void {
    for (const secret of secrets) this.#secrets.add(secret);
    this.#hidden = patternOf(this.#secrets);
  }

  /** Where a person is asked, as prompts write there: the talk, with nothing of it that is secret. */
  terminal(): Writable & Pick<OutputStream, 'isTTY' | 'columns'> {
    const { stderr } = this.#options;
    const stream = new Writable({
      write: (chunk, _, done) => {
        this.#clear();
        stderr.write(this.#hide(String(chunk)));
        done();
      },
    });
    return Object.assign(stream, { isTTY: stderr.isTTY ?? false, columns: stderr.columns ?? 80 });
  }

  /** The answer. */
  print(text: string): void {
    this.#clear();
    this.#options.stdout.write(`${this.#safe(text)}\n`);
  }

  /** The answer, with some of its parts in bold on a terminal. */
  printParts(parts: readonly (string | { readonly bold: string })[]): void {
    const isTerminal = this.#options.stdout.isTTY === true;
    const shown = parts.map((part) => {
      if (typeof part === 'string') return this.#safe(part);
      const text = this.#safe(part.bold);
      return isTerminal ? styleText('bold', text, { stream: process.stdout }) : text;
    });
    this.#clear();
    this.#options.stdout.write(`${shown.join('')}\n`);
  }

  json(value: unknown): void {
    this.#clear();
    this.#options.stdout.write(`${this.jsonText(value)}\n`);
  }

  /** In a line, without any secret. */
  jsonText(value: unknown): string {
    return JSON.stringify(value, (_, item) => this.#hideIn(item)).replace(
      UNESCAPED,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }

  /** For a file or another program, without any secret. */
  text(text: string): string {
    return this.#hide(text);
  }

  info(message: string): void {
    this.#say(this.#line(message));
  }

  warn(message: string): void {
    this.#say(`${this.#style('yellow', 'warning:')} ${this.#line(message)}`);
  }

  debug(message: string): void {
    if (this.#options.verbose) this.#say(this.#style('dim', this.#line(message)));
  }

  /** The catalogue's messages have lines of their own; what they were given has none. */
  error(error: CtxError): void {
    this.#say(`${this.#style('red', 'error:')} ${this.#safe(error.message)}\n  ${this.#safe(error.hint)}`);
  }

  /** A mistake of the program itself, with all that helps to find it. */
  crash(error: unknown): void {
    this.#say(`${this.#style('red', 'internal error:')} ${this.#safe(inspect(error))}`);
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
    if (!stderr.isTTY) this.#say(this.#line(text));
    else {
      stderr.write(`\r\u001b[2K${[...this.#line(text)].slice(0, (stderr.columns || 80) - 1).join('')}`);
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
    this.#options.stderr.write(`${text}\n`);
  }

  #clear(): void {
    if (this.#drawn) this.#options.stderr.write('\r\u001b[2K');
    this.#drawn = false;
  }

  #line(text: string): string {
    return oneLine(this.#hide(text));
  }

  #safe(text: string): string {
    return this.#hide(text).replace(CONTROLS, '\uFFFD');
  }

  #hide(text: string): string {
    return this.#hidden === undefined ? text : text.replace(this.#hidden, '[secret]');
  }

  /** A string, or an object's keys; its members come by themselves. */
  #hideIn(item: unknown): unknown {
    if (typeof item === 'string') return this.#hide(item);
    if (item === null || typeof item !== 'object' || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).map(([key, member]) => [this.#hide(key), member]));
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
