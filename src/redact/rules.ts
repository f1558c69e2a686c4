import { anyName, assignmentPatterns, findAssignments } from './assignments.ts';
import type { Finding } from './finding.ts';
import { findInForms, formPatterns } from './forms.ts';
import { findPrivateKeys, privateKeyPatterns } from './private-keys.ts';
import { findBySecretlint, secretlintVersion } from './secretlint.ts';
import { findShapes, shapeKinds, shapePatterns } from './shapes.ts';
import { findInTables, tablePatterns } from './tables.ts';
import { findTokens, tokenRules } from './tokens.ts';
import { viewMarkdown, viewWords } from './view.ts';

/** Finds secrets in a text as its reader sees it. `isNamed`: some name of a secret stands in it. */
export type Finder = (text: string, isNamed: boolean) => Finding[];

/** Counts up with every change of the rules that the patterns and secretlint's version do not show. */
const RULES = 3;

/** Changes with the rules: what the guard's version is made from. */
export const rulesDescription: string = [
  RULES,
  secretlintVersion,
  ...tokenRules.map(({ kind, pattern }) => `${kind} ${pattern}`),
  ...shapeKinds,
  ...[...shapePatterns, ...privateKeyPatterns, ...assignmentPatterns, ...formPatterns, ...tablePatterns].map(
    String,
  ),
].join('\n');

const finders: readonly Finder[] = [
  findPrivateKeys,
  findInWords,
  findTokens,
  findAssignments,
  findInForms,
  findInTables,
  findBySecretlint,
];

/** Secrets in a markdown text, by offsets of the text itself; they may overlap. */
export function findSecrets(source: string, more: readonly Finder[]): Finding[] {
  const view = viewMarkdown(source);
  const isNamed = anyName.test(view.text);
  return [...finders, ...more].flatMap((find) => find(view.text, isNamed)).map(view.toSource);
}

function findInWords(text: string): Finding[] {
  const words = viewWords(text);
  return findShapes(words.text).map(words.toSource);
}
