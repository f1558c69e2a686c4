import { seededRandom } from '../faults.ts';
import { emptyFernhollow } from './company.ts';
import { createChannel } from './edits.ts';
import { logOf } from './journal.ts';
import type { ChannelLog } from './log.ts';
import { makeTs } from './timestamps.ts';
import { isBot, type Message, SLACKBOT, type SlackWorkspace } from './workspace.ts';

export interface SlackScale {
  readonly messages: number;
  readonly seed: number;
}

const END = '2026-03-02T07:30:00Z';
const SPAN_SECONDS = 2 * 365 * 86_400;
const CHANNELS = 20;

/** Of a hundred messages fifteen are in threads: three roots, and four answers to each on average. */
const ROOTS_PER_MESSAGE = 0.03;
const ANSWERS = [1, 3, 4, 8] as const;
const LATE_SECONDS = 9 * 86_400;

const THINGS = [
  'order',
  'basket',
  'ledger',
  'alert',
  'index',
  'queue',
  'certificate',
  'reservation',
  'plant',
];
const DEEDS = ['checks', 'writes', 'moves', 'keeps', 'reads', 'drops', 'repeats', 'measures', 'loads'];

/**
 * A workspace of any size with the people of the demo: as many messages as asked for, over twenty channels and two years. Texts
 * are made when they are asked for and forgotten afterwards.
 */
export function slackScale({ messages, seed }: SlackScale): SlackWorkspace {
  const workspace = emptyFernhollow(END);
  const people = [...workspace.users.values()].filter((user) => !isBot(user) && user.id !== SLACKBOT);
  const members = [...people.map(({ id }) => id), workspace.botUserId];
  for (let index = 0; index < CHANNELS; index += 1) {
    const name = `team-${String(index + 1).padStart(2, '0')}`;
    const id = createChannel(workspace, { name, members, isGeneral: index === 0 });
    const count = Math.floor((messages * (index + 1)) / CHANNELS) - Math.floor((messages * index) / CHANNELS);
    fill(logOf(workspace, id), { count, seed: seed * 7_919 + index, writers: people.map((user) => user.id) });
  }
  workspace.now = Date.parse(END);
  workspace.revision = 0;
  return workspace;
}

interface Filling {
  readonly count: number;
  readonly seed: number;
  readonly writers: readonly string[];
}

/** Lays messages out evenly in time, each somewhere within its share, so that no two have one time. */
function fill({ timeline, threads }: ChannelLog, { count, seed, writers }: Filling): void {
  const random = seededRandom(seed);
  const end = Date.parse(END) / 1000;
  const sizes = threadSizes(count);
  const shown = count - sizes.reduce((sum, size) => sum + size, 0);
  const share = (SPAN_SECONDS * 1_000_000) / Math.max(shown, 1);
  const threadEvery = sizes.length === 0 ? Number.POSITIVE_INFINITY : shown / sizes.length;
  let begun = 0;
  for (let index = 0; index < shown; index += 1) {
    const micros = Math.floor(share * (index + random() * 0.9));
    const second = end - SPAN_SECONDS + Math.floor(micros / 1_000_000);
    const ts = makeTs(second, micros % 1_000_000);
    timeline.push(written(ts, seed + index, { writers, random }));
    const size = index >= Math.floor(begun * threadEvery) ? sizes[begun] : undefined;
    if (size === undefined) continue;
    const late = begun % 10 === 9;
    begun += 1;
    threads.set(ts, answersTo(ts, { size, seed: seed * 31 + index, until: end, late, writers, random }));
  }
}

/** How many answers each thread has. */
function threadSizes(count: number): number[] {
  const roots = Math.round(count * ROOTS_PER_MESSAGE);
  return Array.from({ length: roots }, (_, index) => ANSWERS[index % ANSWERS.length] ?? 1);
}

interface Answering extends Voice {
  readonly size: number;
  readonly seed: number;
  readonly until: number;
  /** The last answer comes more than a week after the one before. */
  readonly late: boolean;
}

function answersTo(root: string, { size, seed, until, late, ...voice }: Answering): Message[] {
  const answers: Message[] = [];
  let at = Number(root.slice(0, 10));
  for (let number = 0; number < size; number += 1) {
    const pause = late && number === size - 1 ? LATE_SECONDS : 0;
    at += 30 + pause + Math.floor(voice.random() * 3_600);
    // The end of time is shared by many; their numbers tell them apart.
    const ts = makeTs(Math.min(at, until), (number + 1) * 100 + 7);
    answers.push({ ...written(ts, seed + number * 101, voice), threadTs: root });
  }
  return answers;
}

interface Voice {
  readonly writers: readonly string[];
  readonly random: () => number;
}

function written(ts: string, seed: number, { writers, random }: Voice): Message {
  const user = pick(writers, random);
  const text = () => sentence(seed);
  if (random() >= 0.02) return { ts, user, text };
  return { ts, user, text, reactions: [{ name: '+1', users: [pick(writers, random)] }] };
}

function sentence(seed: number): string {
  const random = seededRandom(seed);
  const clauses = Array.from(
    { length: 1 + Math.floor(random() * 4) },
    () => `the ${pick(THINGS, random)} ${pick(DEEDS, random)} the ${pick(THINGS, random)}`,
  );
  return `${clauses.join(', then ')}.`;
}

function pick<T>(choices: readonly T[], random: () => number): T {
  const choice = choices[Math.floor(random() * choices.length)];
  if (choice === undefined) throw new Error('nothing to choose from');
  return choice;
}
