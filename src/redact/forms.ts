import { kindOf, names, readValue } from './assignments.ts';
import type { Finding } from './finding.ts';
import { isStrong, isWordy } from './literal.ts';
import { matchesOf } from './matches.ts';

/** What ties a value to the name of a secret other than a sign between the two. */
interface Form {
  /** Ends where the value begins. The group `name` gives the kind. */
  readonly pattern: RegExp;
  readonly accepts: (value: string) => boolean;
  /** Whether nothing else may stand in the value's line. */
  readonly alone?: true;
}

const notWordy = (value: string) => !isWordy(value);
const indent = '[ \\t>]{0,24}';
const marks = `[\\]"'\`*_~)]{0,4}`;
const newline = `[ \\t]{0,8}(?:\\\\?\\n|<br ?\\/?>)(?:${indent}\\n)?(?:${indent}(?:\`\`\`|~~~)[^\\n\`]{0,30}\\n)?${indent}`;
const quote = `["'\`]?`;
const sign = '[ \\t]{0,4}[:=][ \\t]{0,4}';

const forms: readonly Form[] = [
  // `Password:` and the value below; `password: >-` of YAML.
  {
    pattern: new RegExp(
      `(?<name>${names})${marks}(?:[ \\t]?\\([^()\\n]{0,40}\\))?[ \\t]{0,8}[:\\uFF1A]${marks}[ \\t]{0,8}(?:[|>][-+\\d]{0,2})?${newline}`,
      'gi',
    ),
    accepts: notWordy,
    alone: true,
  },
  // A heading, or a line in bold, and the value below.
  {
    pattern: new RegExp(
      `^${indent}(?:#{1,6}[ \\t]|[*_]{2})[^\\n]{0,60}?(?<name>${names})[*_:]{0,4}${newline}`,
      'gim',
    ),
    accepts: isStrong,
    alone: true,
  },
  // `name: DB_PASSWORD` and `value: …`, of Kubernetes, JSON, XML and TOML.
  {
    pattern: new RegExp(
      `(?<![a-z])(?:name|key|id)${quote}${sign}${quote}[\\w.: -]{0,60}?(?<name>${names})${quote}[,;]?\\s{0,40}${quote}(?<![a-z])value${quote}${sign}`,
      'gi',
    ),
    accepts: notWordy,
  },
  { pattern: new RegExp(`<[\\w:.-]{0,40}?(?<name>${names})\\s{1,8}value=`, 'gi'), accepts: notWordy },
  // `pass: …`, which mostly says how many tests pass.
  { pattern: /(?<![\w-])(?<name>pass)["'`*_]{0,4}[ \t]{0,4}[:=][*_]{0,3}[ \t]{0,8}/gi, accepts: isStrong },
  // `password → …`, `the password for staging is …`
  {
    pattern: new RegExp(
      `(?<name>${names})["'\`*_]{0,4}(?: for [^\\s]{1,40})?(?:[ \\t]{0,4}(?:->|[\\u2013\\u2014\\u2192\\u21D2])|[ \\t](?:is|ist)(?:[ \\t]?:)?(?=[ \\t]))[ \\t]{0,4}`,
      'gi',
    ),
    accepts: isStrong,
  },
];

/** What the rules' version is made from. */
export const formPatterns: readonly RegExp[] = forms.map(({ pattern }) => pattern);

/** Values that everyday texts and configurations give to names such as `password` without a sign between. */
export function findInForms(text: string, isNamed: boolean): Finding[] {
  return isNamed ? forms.flatMap((form) => findForm(text, form)) : [];
}

function findForm(text: string, { pattern, accepts, alone }: Form): Finding[] {
  const findings: Finding[] = [];
  let read = 0;
  for (const match of matchesOf(pattern, text)) {
    // A part of a value that was not accepted would not be either.
    if (match.index < read) continue;
    const found = readValue(text, match.index + match[0].length);
    if (found === undefined) continue;
    read = found.end;
    if (!accepts(text.slice(found.start, found.end))) continue;
    if (alone && !endsLine.test(text.slice(found.end, found.end + 16))) continue;
    findings.push({ ...found, kind: kindOf(match.groups?.name ?? '') });
  }
  return findings;
}

const endsLine = /^["'`*_~),.;]{0,4}[ \t]*(?:\\?\n|<br|\||$)/;
