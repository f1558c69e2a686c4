import type { Finding } from './finding.ts';
import { isLiteral, isWordy, literalPatterns } from './literal.ts';
import { matchesOf } from './matches.ts';

/**
 * Names of secrets. `pw` stands alone, `pass` ends the name of a variable or parameter; what must come before is asked
 * last, because patterns that begin with their letters are fast.
 */
export const names =
  'pass(?:word|wd|phrase|code)|pwd|pw(?<![a-z0-9]pw)|pass(?=["\']?=)(?<=[_?&;]pass)|secret(?:[_-]?(?:access[_-]?)?key)?|(?:api|access|auth|private|signing|encryption)[_ -]?key|accountkey|token';
const namesElsewhere =
  'passwort|kennwort|wachtwoord|mot de passe|contrase(?:\u00F1|n\u0303)a|senha|has\u0142o|l\u00F6senord|\u043F\u0430\u0440\u043E\u043B\u044C|\u5BC6[\u7801\u78BC]|\u30D1\u30B9\u30EF\u30FC\u30C9|\uBE44\uBC00\uBC88\uD638';

/** What is told by one of these names is in no text without it, and few texts have one. */
export const anyName = new RegExp(`${names}|_pass|(?<![\\w-])pass`, 'i');

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^secret/i, 'secret'],
  [/^token/i, 'token'],
  [/key$/i, 'api-key'],
];

/** The kind that a name such as `DB_PASSWORD` gives to its value; undefined for other names. */
export function kindOfName(name: string): string | undefined {
  const found = nameAtEnd.exec(name)?.[0];
  return found === undefined ? undefined : kindOf(found);
}

const nameAtEnd = new RegExp(`(?:${names}|${namesElsewhere}|_pass)$`, 'i');
export const kindOf = (name: string): string => kinds.find(([shape]) => shape.test(name))?.[1] ?? 'password';

/** `password:`, `"apiKey" =`, `**Token:**`, `secret (prod) :=` … up to the value. */
const assignmentOf = (names: string) =>
  `(?<name>${names})(?<!\\[redacted:[a-z0-9-]{0,60})[\\]"'\`*_~)]{0,4}(?:[ \\t]?\\([^()\\n]{0,40}\\))?[ \\t]{0,8}(?:={1,3}>?|:=|[:\\uFF1A](?!:))`;
const space = '[*_~]{0,3}[ \\t]{0,8}';
/** Those, and `--password `. */
const assignment = new RegExp(
  `(?:--[\\w-]{0,40}?(?<option>${names})(?:[ \\t]+|=)|${assignmentOf(names)})${space}`,
  'gi',
);
const assignmentElsewhere = new RegExp(assignmentOf(namesElsewhere) + space, 'gi');
const opening = /(?:\*{1,3}|_{1,3}(?=["'`“‘])|~~)?(["'`“‘«]?)/y;
const closings: { readonly [opening: string]: string } = { '“': '”', '‘': '’', '«': '»' };

/** What a bare value ends before: the next pair of a query or a connection string, a tag, a mark. */
const bare = /(?:(?![;,&](?:amp;)?[\w.-]{1,40}[=:]|<br|<\/|&amp;)[^\s\uFDD0\uFDD1]){1,1024}/y;
const longest = 1024;
const remainder = /[^\s\uFDD0\uFDD1]*/y;
const structure = /(?:\*{1,3}|~~|[,;"'`|]|(?:&lt;|&gt;|&quot;))$/;

/** Values given to names such as `password`, in prose, code, configuration, queries and markup. */
export function findAssignments(text: string, isNamed: boolean): Finding[] {
  const elsewhere = findNamed(text, assignmentElsewhere, true);
  if (!isNamed) return elsewhere;
  const findings = [...findNamed(text, assignment), ...elsewhere];
  for (const match of matchesOf(element, text)) {
    const value = match.groups?.value ?? '';
    const start = match.index + match[0].length - value.length;
    if (isLiteral(value))
      findings.push({ start, end: start + value.length, kind: kindOf(match.groups?.name ?? '') });
  }
  return findings;
}

/** `strict` takes no mere word for a value: which words say nothing is known of English alone. */
function findNamed(text: string, pattern: RegExp, strict = false): Finding[] {
  const findings: Finding[] = [];
  let covered = 0;
  for (const match of matchesOf(pattern, text)) {
    if (match.index < covered) continue;
    const value = readValue(text, match.index + match[0].length);
    if (value === undefined || (strict && isWordy(text.slice(value.start, value.end)))) continue;
    findings.push({ ...value, kind: kindOf(match.groups?.name ?? match.groups?.option ?? '') });
    covered = value.end;
  }
  return findings;
}

/** `<password>value</password>`, as text or as character references. */
const element = new RegExp(
  `(?<name>${names})(?:>|&gt;)(?<value>[^\\s<>&\\uFDD0\\uFDD1]{8,512})(?=<\\/|&lt;\\/)`,
  'gi',
);

/** The value that begins at `at`, perhaps in quotes or marks; undefined when it is no literal one. */
export function readValue(text: string, at: number): Omit<Finding, 'kind'> | undefined {
  opening.lastIndex = at;
  const opened = opening.exec(text);
  const quote = opened?.[1] ?? '';
  const start = at + (opened?.[0].length ?? 0);
  if (quote !== '') {
    const line = text.slice(start, lineEnd(text, start));
    const end = line.indexOf(closings[quote] ?? quote);
    if (end >= 0) return isLiteral(line.slice(0, end)) ? { start, end: start + end } : undefined;
  }
  bare.lastIndex = start;
  const written = bare.exec(text)?.[0] ?? '';
  const run = withoutStructure(written);
  if (!isLiteral(run)) return undefined;
  if (written.length >= longest) return { start, end: endOfRun(text, start + longest) };
  const end = start + run.length;
  const followedByProse = /^[ \t]+[\p{L}(]/u.test(text.slice(end, end + 8));
  return isWordy(run) && followedByProse ? undefined : { start, end };
}

/** Drops what closes the surroundings: emphasis, quotes, separators, and brackets opened outside the value. */
function withoutStructure(run: string): string {
  let value = run;
  for (;;) {
    const shorter = value.replace(structure, '');
    const unbalanced = ['()', '[]', '{}', '<>'].some(
      ([open = '', close = '']) => shorter.endsWith(close) && !shorter.includes(open),
    );
    const next = unbalanced ? shorter.slice(0, -1) : shorter;
    if (next === value) return value;
    value = next;
  }
}

function endOfRun(text: string, from: number): number {
  remainder.lastIndex = from;
  return from + (remainder.exec(text)?.[0].length ?? 0);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return Math.min(end < 0 ? text.length : end, from + 4_096);
}

/** What the rules' version is made from. */
export const assignmentPatterns: readonly RegExp[] = [
  assignment,
  assignmentElsewhere,
  element,
  nameAtEnd,
  opening,
  bare,
  structure,
  ...literalPatterns,
];
