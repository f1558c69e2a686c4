import { createRequire } from 'node:module';
import { rules } from '@secretlint/secretlint-rule-preset-recommend';
import type { Finding } from './finding.ts';
import { unitAt } from './unit-at.ts';

type Rule = (typeof rules)[number];
type Context = Parameters<Rule['create']>[0];
type Report = Parameters<Context['report']>[0];
type SourceCode = Parameters<NonNullable<ReturnType<Rule['create']>['file']>>[0];

const prefix = '@secretlint/secretlint-rule-';

/**
 * `filter-comments` lets comments of the scanned text switch the scanner off. The others judge whole files or
 * report whole URLs; our own rules find the same and replace the secret alone.
 */
const leftOut = new Set(
  ['filter-comments', 'basicauth', 'database-connection-string', 'privatekey', 'gcp', 'gitlab'].map(
    (name) => prefix + name,
  ),
);
/** Reported as a whole URL, which our own rule keeps but for its secret path. */
const webhook = 'IncomingWebhook';
const scanners = rules.filter(({ meta }) => !leftOut.has(meta.id));

/** Every kind that these rules can give. */
export const secretlintKinds: readonly string[] = scanners.flatMap(({ meta, messages }) =>
  Object.keys(messages)
    .filter((messageId) => messageId !== webhook)
    .map((messageId) => kindOf(meta.id, messageId)),
);

const preset: { readonly version: string } = createRequire(import.meta.url)(
  '@secretlint/secretlint-rule-preset-recommend/package.json',
);
export const secretlintVersion = preset.version;

/** Scanned apart: some rules take time quadratic in the text. */
const pieceSize = 64 * 1024;

/** No rule knows a secret without so many characters in a row, none of them blank. */
const SHORTEST_RUN = 16;
/** By UTF-16 unit: what `\s` matches, and the marks around link destinations. */
const isBlank = new Uint8Array(0x10000);
for (const blank of '\t\n\v\f\r \u00A0\u1680\u2028\u2029\u202F\u205F\u3000\uFEFF\uFDD0\uFDD1')
  isBlank[blank.charCodeAt(0)] = 1;
isBlank.fill(1, 0x2000, 0x200b);

/** What secretlint's recommended rules find. */
export function findBySecretlint(text: string): Finding[] {
  const findings: Finding[] = [];
  for (let from = 0; from < text.length; ) {
    const to = pieceEnd(text, from);
    const piece = text.slice(from, to);
    if (hasRun(piece)) {
      for (const { start, end, kind } of scan(piece))
        findings.push({ start: from + start, end: from + end, kind });
    }
    from = to;
  }
  return findings;
}

/** A loop, because the same as a regular expression takes twice as long. */
function hasRun(text: string): boolean {
  let run = 0;
  const { length } = text;
  for (let at = 0; at < length; at++) {
    run = isBlank[unitAt(text, at)] === 1 ? 0 : run + 1;
    if (run === SHORTEST_RUN) return true;
  }
  return false;
}

/** A line's end, so that no secret is cut; a line longer than a piece stays whole. */
function pieceEnd(text: string, from: number): number {
  if (text.length - from <= pieceSize) return text.length;
  const before = text.lastIndexOf('\n', from + pieceSize);
  if (before > from) return before + 1;
  const after = text.indexOf('\n', from + pieceSize);
  return after < 0 ? text.length : after + 1;
}

/** Where the rules' reports go while they scan. */
let report: (ruleId: string, report: Report) => void = () => {};

/**
 * The rules themselves, made once. `lintSource` of @secretlint/core would add a `performance.mark` for every rule and
 * text, which Node keeps forever, and a clean-up that is quadratic in the findings.
 */
const scans = scanners.map((rule) => {
  const context: Pick<Context, 'sharedOptions' | 'createTranslator' | 'report' | 'ignore'> = {
    sharedOptions: {},
    createTranslator: () => (messageId, data) => ({ message: '', messageId: String(messageId), data }),
    report: (found) => report(rule.meta.id, found),
    ignore() {},
  };
  return { id: rule.meta.id, file: rule.create(context, {}).file };
});

function scan(content: string): Finding[] {
  const findings: Finding[] = [];
  report = (ruleId, found) => {
    if (found.message.messageId !== webhook) findings.push(locate(content, ruleId, found));
  };
  const source: Pick<SourceCode, 'content' | 'contentType' | 'ext' | 'filePath' | 'hasBOM'> = {
    content,
    contentType: 'text',
    ext: '.md',
    filePath: 'document.md',
    hasBOM: false,
  };
  for (const { id, file } of scans) {
    // What a rule found later would never be seen.
    if (file?.(source as SourceCode) instanceof Promise) throw new TypeError(`${id} is asynchronous`);
  }
  return findings;
}

/**
 * Some rules report a range that begins with the surroundings and has the secret's length, so that the secret's
 * end would stay; the message's data has the secret itself.
 */
function locate(
  content: string,
  ruleId: string,
  { range: [from, to], message: { messageId, data } }: Report,
): Finding {
  const kind = kindOf(ruleId, messageId);
  const reported = content.slice(from, to);
  for (const secret of Object.values((data ?? {}) as object)) {
    if (typeof secret !== 'string' || secret === '' || reported.includes(secret)) continue;
    const start = content.indexOf(secret, from);
    if (start >= 0 && start < to) return { start, end: start + secret.length, kind };
  }
  return { start: from, end: to, kind };
}

function kindOf(ruleId: string, messageId: string): string {
  const rule = ruleId.slice(prefix.length);
  const message = messageId
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
  return message.startsWith(rule) ? message : `${rule}-${message}`;
}
