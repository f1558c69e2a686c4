import { isMap, isNode, isSeq, parse, parseDocument, stringify, type YAMLMap } from 'yaml';
import { literalSecretIn } from '../config/remote.ts';
import { configSchema } from '../config/schema.ts';
import { ctxError } from '../core/errors/index.ts';
import type { Answers } from './answers.ts';

/** A part of the sample and what stands in its place. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The sample with the answers in the place of its values, so that what it says of each setting, and of sources that nobody was
 * asked about, stays as it was written. The result has passed the schema.
 */
export function configurationText(sample: string, answers: Answers): string {
  const remote = answers.home.kind === 'machine' ? answers.home.remote : null;
  const problem = remote === null ? undefined : literalSecretIn(remote);
  if (problem !== undefined)
    throw ctxError('init.bad-answer', { option: '--remote', problem: `it ${problem}` });
  const document = parseDocument(sample);
  const [repo, sources] = [document.get('repo'), document.get('sources')];
  if (!isMap(repo) || !isSeq(sources)) throw new TypeError('the sample has no repo or no sources');
  const sourceOf = (type: string): YAMLMap => {
    const found = sources.items.find((item): item is YAMLMap => isMap(item) && item.get('type') === type);
    if (found === undefined) throw new TypeError(`the sample has no source of type ${type}`);
    return found;
  };
  const path = answers.home.kind === 'actions' ? '.' : answers.home.path;
  const { spaces, views, gateway } = answers;
  const edits = [
    inPlaceOf(sample, repo, 'path', scalar(path)),
    inPlaceOf(sample, repo, 'remote', scalar(remote)),
    ...sourceEdits(sample, sourceOf('confluence'), 'spaces', spaces && listOf(spaces), gateway),
    ...sourceEdits(sample, sourceOf('jira'), 'views', views && linesOf(views), gateway),
  ];
  const text = edits
    .sort((a, b) => b.start - a.start)
    .reduce((written, edit) => written.slice(0, edit.start) + edit.text + written.slice(edit.end), sample);
  configSchema.parse(parse(text));
  return text;
}

/** The setting's value in its place; without one, the source is left out. */
function sourceEdits(
  sample: string,
  source: YAMLMap,
  setting: string,
  value: string | undefined,
  gateway: string | undefined,
): Edit[] {
  const [start] = rangeOf(source);
  const first = sample.lastIndexOf('\n', start) + 1;
  if (value === undefined) {
    // Blank lines part the sample's sources.
    const blank = sample.indexOf('\n\n', start);
    return [{ start: first, end: blank === -1 ? sample.length : blank + 2, text: '' }];
  }
  // A person has just given its credentials: without them nothing is to be built.
  const optional = lineOf(sample, source, 'optional');
  const url = lineOf(sample, source, 'url');
  return [
    inPlaceOf(sample, source, setting, value),
    { ...optional, text: '' },
    ...(gateway ? [{ start: url.end, end: url.end, text: `    gateway: ${scalar(gateway)}\n` }] : []),
  ];
}

/**
 * The value of a key. A comment behind it stays in its column; behind a value of several lines it is about the last one, and
 * goes.
 */
function inPlaceOf(sample: string, map: YAMLMap, key: string, text: string): Edit {
  const [start, end] = rangeOf(map.get(key, true));
  if (!sample.slice(start, end).includes('\n')) {
    const [gap = ''] = /^ *(?=#)/.exec(sample.slice(end)) ?? [];
    const width = Math.max(end + gap.length - start, text.length + (gap === '' ? 0 : 2));
    return { start, end: end + gap.length, text: gap === '' ? text : text.padEnd(width) };
  }
  const last = sample.slice(0, end).trimEnd().length;
  const lineEnd = sample.indexOf('\n', last);
  const isComment = /^\s*#/.test(sample.slice(last, lineEnd));
  return { start, end: isComment ? lineEnd : last, text };
}

/** The lines that a key and its value take, with the line break. */
function lineOf(sample: string, map: YAMLMap, key: string): Omit<Edit, 'text'> {
  const [start, end] = rangeOf(map.get(key, true));
  return { start: sample.lastIndexOf('\n', start) + 1, end: sample.indexOf('\n', end) + 1 };
}

function rangeOf(node: unknown): readonly [number, number] {
  if (!isNode(node) || !node.range) throw new TypeError('the sample lacks a setting');
  return [node.range[0], node.range[1]];
}

const scalar = (value: string | null): string => stringify(value, { lineWidth: 0 }).trimEnd();

const listOf = (keys: 'all' | readonly string[]): string =>
  keys === 'all' ? 'all' : `[${keys.map((key) => scalar(key)).join(', ')}]`;

const linesOf = (views: Readonly<Record<string, string>>): string =>
  Object.entries(views)
    .map(([name, jql]) => `${scalar(name)}: ${scalar(jql)}`)
    .join('\n      ');
