import { expect, test } from 'vitest';
import { companySlack } from '../../../src/demo/slack/company.ts';
import { allMessages } from '../../../src/demo/slack/log.ts';
import { slackScale } from '../../../src/demo/slack/scale.ts';
import type { SlackWorkspace } from '../../../src/demo/slack/workspace.ts';
import { companyWorkspace } from '../../../src/demo/workspace/company.ts';
import { findIssue } from '../../../src/demo/workspace/edits.ts';
import { textOf } from '../../../src/demo/workspace/model.ts';
import { pagesOf, startSlack, tsOf } from './client.ts';

/** All that a workspace holds, as text. */
const shown = ({ users, channels, logs, files }: SlackWorkspace): string =>
  JSON.stringify(
    [users, channels, logs, files].map((map) => [...map]),
    (_, value) => {
      if (value instanceof Map) return [...value];
      return typeof value === 'function' ? Buffer.from(value()).toString('base64') : value;
    },
  );

const messagesOf = ({ logs }: SlackWorkspace) => [...logs.values()].flatMap((log) => [...allMessages(log)]);

test('the company is the same each time, and has all that a reader meets', () => {
  const workspace = companySlack();
  expect(shown(workspace)).toBe(shown(companySlack()));
  const messages = messagesOf(workspace);
  const subtypes = new Set(messages.map(({ subtype }) => subtype));
  for (const subtype of [
    'tombstone',
    'thread_broadcast',
    'bot_message',
    'channel_join',
    'me_message',
  ] as const)
    expect(subtypes).toContain(subtype);
  const all = messages.map(({ text }) => (text === undefined ? '' : textOf(text))).join('\n');
  expect(all).toMatch(/```[\s\S]+```/);
  expect(all).toContain('\n1. ');
  expect(all).toContain('<!subteam^');
  expect(messages.some(({ fileIds }) => fileIds !== undefined)).toBe(true);
  expect(messages.some(({ edited }) => edited !== undefined)).toBe(true);
  expect(messages.some(({ attachments }) => attachments !== undefined)).toBe(true);
});

test('the company talks about issues and pages that its Jira and Confluence have', () => {
  const company = companyWorkspace();
  const all = messagesOf(companySlack())
    .map(({ text }) => (text === undefined ? '' : textOf(text)))
    .join('\n');
  const keys = [...all.matchAll(/@@SITE@@\/browse\/([A-Z]+-\d+)/g)].map(([, key = '']) => key);
  const pages = [...all.matchAll(/@@SITE@@\/wiki\/spaces\/[A-Z]+\/pages\/(\d+)/g)].map(([, id = '']) => id);
  expect([keys.length > 5, pages.length > 3]).toEqual([true, true]);
  expect(keys.filter((key) => findIssue(company, key) === undefined)).toEqual([]);
  expect(pages.filter((id) => !company.content.has(id))).toEqual([]);
});

test('a generated workspace depends on its seed and on nothing else', () => {
  const make = (seed: number) => shown(slackScale({ messages: 600, seed }));
  expect(make(1)).toBe(make(1));
  expect(make(1)).not.toBe(make(2));
});

test('a generated workspace has as many messages as asked for, fifteen of a hundred in threads', () => {
  const workspace = slackScale({ messages: 20_000, seed: 7 });
  const messages = messagesOf(workspace);
  expect(messages).toHaveLength(20_000);
  expect(workspace.channels.size).toBe(20);
  const roots = [...workspace.logs.values()].reduce((sum, log) => sum + log.threads.size, 0);
  const replies = messages.filter(({ threadTs }) => threadTs !== undefined).length;
  expect((roots + replies) / messages.length).toBeCloseTo(0.15, 2);
  const times = messages.map(({ ts }) => Number(ts.slice(0, 10)) * 1000);
  const years = (Math.max(...times) - Math.min(...times)) / (365 * 86_400_000);
  expect(years).toBeGreaterThan(1.9);
  expect(Math.max(...times)).toBeLessThanOrEqual(workspace.now);
  for (const { timeline, threads } of workspace.logs.values())
    for (const list of [timeline, ...threads.values()]) {
      const sorted = tsOf(list).toSorted();
      expect(tsOf(list)).toEqual(sorted);
      expect(new Set(sorted).size).toBe(sorted.length);
    }
});

test('200,000 messages can be paged through', async () => {
  const workspace = slackScale({ messages: 200_000, seed: 1 });
  const { call } = await startSlack({ workspace });
  const [channel = ''] = workspace.channels.keys();
  const shownThere = workspace.logs.get(channel)?.timeline.length ?? 0;
  const pages = await pagesOf(call, 'conversations.history', { list: 'messages', channel, limit: 999 });
  expect(pages.flat()).toHaveLength(shownThere);
  expect(tsOf(pages.flat())).toEqual(tsOf(pages.flat()).toSorted().toReversed());
});
