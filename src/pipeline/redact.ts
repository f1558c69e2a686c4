import { createHash } from 'node:crypto';
import type { Plain } from '../core/document.ts';
import { ctxError, isCtxError } from '../core/errors/index.ts';
import { findAssignments, kindOfName } from './redact/assignments.ts';
import { type Finding, merge, replaceAll } from './redact/finding.ts';
import { isLiteral } from './redact/literal.ts';
import { findBySecretlint, secretlintVersion } from './redact/secretlint.ts';
import { findInTables } from './redact/tables.ts';
import { findPrivateKeys, findTokens, tokenRules } from './redact/tokens.ts';
import { viewMarkdown } from './redact/view.ts';

export interface Redaction {
  readonly text: string;
  /** How many secrets of each kind were replaced. */
  readonly counts: { readonly [kind: string]: number };
}

export interface Redactor {
  /**
   * Replaces secrets in markdown by `[redacted:<kind>]`, which says nothing else of them. Redacting the result
   * again changes nothing. Marks around link destinations (U+FDD0, U+FDD1) stay.
   * @throws `pipeline.scan-failed`: the text must then not be written.
   */
  redact(text: string): Promise<Redaction>;
  /** The same for every string of a value, at any depth; a secret's name as a key counts too. Keys stay. */
  redactValue(value: Plain): Promise<Plain>;
  /** Changes whenever the rules do. */
  readonly version: string;
}

export interface RedactorOptions {
  /** Milliseconds that one text may take. */
  readonly timeLimit?: number;
  /** Milliseconds, of any origin. */
  readonly now?: () => number;
}

/** Counts up with every change of the rules that the token patterns and secretlint's version do not show. */
const ruleSet = 1;

const version = createHash('sha256')
  .update(
    JSON.stringify([
      ruleSet,
      secretlintVersion,
      tokenRules.map(({ kind, pattern }) => [kind, String(pattern)]),
    ]),
  )
  .digest('hex')
  .slice(0, 16);

/** The source's own identifiers at the top of a document's facts: never anyone's words. */
const identifiers = new Set(['id', 'source', 'type', 'key', 'parent']);

export function createRedactor({
  timeLimit = 10_000,
  now = () => performance.now(),
}: RedactorOptions = {}): Redactor {
  const redact = async (text: string): Promise<Redaction> => {
    const deadline = now() + timeLimit;
    const checkTime = () => {
      if (now() > deadline)
        throw ctxError('pipeline.scan-failed', { reason: `it took longer than ${timeLimit} ms` });
    };
    try {
      return await redactToTheEnd(text, checkTime);
    } catch (error) {
      if (isCtxError(error)) throw error;
      // The scanner's own message may quote the text: only its name is kept.
      throw ctxError('pipeline.scan-failed', {
        reason: error instanceof Error ? error.name : 'unknown error',
      });
    }
  };

  const redactString = async (text: string): Promise<string> =>
    text.length < 8 ? text : (await redact(text)).text;

  const walk = async (value: Plain, name: string | undefined, depth: number): Promise<Plain> => {
    if (typeof value === 'string') {
      const kind = name === undefined ? undefined : kindOfName(name);
      return kind !== undefined && isLiteral(value) ? `[redacted:${kind}]` : redactString(value);
    }
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return Promise.all(value.map((item: Plain) => walk(item, name, depth + 1)));
    const entries = Object.entries(value as { readonly [key: string]: Plain }).map(async ([key, item]) => {
      const keep = depth === 0 && identifiers.has(key) && typeof item === 'string';
      return [key, keep ? item : await walk(item, key, depth + 1)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  };

  return { redact, redactValue: (value) => walk(value, undefined, 0), version };
}

/** A replacement can complete another secret's surroundings, so it goes on until nothing is found. */
async function redactToTheEnd(source: string, checkTime: () => void): Promise<Redaction> {
  const counts: { [kind: string]: number } = {};
  let text = source;
  for (;;) {
    const findings = merge(text, await findSecrets(text, checkTime));
    if (findings.length === 0) return { text, counts };
    for (const { kind } of findings) counts[kind] = (counts[kind] ?? 0) + 1;
    // Each round leaves fewer characters outside of placeholders: it ends.
    text = replaceAll(text, findings);
  }
}

async function findSecrets(source: string, checkTime: () => void): Promise<Finding[]> {
  const view = viewMarkdown(source);
  const findings: Finding[] = [];
  for (const find of [findPrivateKeys, findTokens, findAssignments, findInTables]) {
    findings.push(...find(view.text));
    checkTime();
  }
  findings.push(...(await findBySecretlint(view.text, checkTime)));
  return findings.map(view.toSource);
}
