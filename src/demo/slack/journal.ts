import { type ChannelLog, dropMessage, findMessage, putMessage } from './log.ts';
import { makeTs } from './timestamps.ts';
import type { Channel, Message, SlackWorkspace } from './workspace.ts';

const EDIT_TAKES_MS = 60_000;
const JOURNAL_LIMIT = 1_000;

/** Begins one edit: the clock moves by a minute. Returns the timestamp of what the edit makes. */
export function beginEdit(workspace: SlackWorkspace): string {
  workspace.now += EDIT_TAKES_MS;
  workspace.revision += 1;
  return makeTs(workspace.now / 1000, (workspace.revision * 100 + 9) % 1_000_000);
}

/** An id that no record has yet: a letter and ten characters. */
export function nextId(workspace: SlackWorkspace, letter: string): string {
  workspace.lastId += 1;
  return `${letter}0FH${String(workspace.lastId).padStart(7, '0')}`;
}

export function channelOf(workspace: SlackWorkspace, id: string): Channel {
  const channel = workspace.channels.get(id);
  if (channel === undefined) throw new Error(`the workspace has no channel ${id}`);
  return channel;
}

export function channelNamed(workspace: SlackWorkspace, name: string): Channel {
  for (const channel of workspace.channels.values()) if (channel.name === name) return channel;
  throw new Error(`the workspace has no channel called ${name}`);
}

export function logOf(workspace: SlackWorkspace, channel: string): ChannelLog {
  const log = workspace.logs.get(channel);
  if (log === undefined) throw new Error(`the workspace has no channel ${channel}`);
  return log;
}

export function messageOf(workspace: SlackWorkspace, channel: string, ts: string): Message {
  const message = findMessage(logOf(workspace, channel), ts);
  if (message === undefined) throw new Error(`the channel ${channel} has no message ${ts}`);
  return message;
}

export function writeMessage(workspace: SlackWorkspace, channel: string, message: Message): void {
  const log = logOf(workspace, channel);
  note(workspace, channel, message.ts, findMessage(log, message.ts));
  putMessage(log, message);
}

export function eraseMessage(workspace: SlackWorkspace, channel: string, message: Message): void {
  note(workspace, channel, message.ts, message);
  dropMessage(logOf(workspace, channel), message);
}

function note(workspace: SlackWorkspace, channel: string, ts: string, before: Message | undefined): void {
  workspace.journal.push({ revision: workspace.revision, channel, ts, before });
  if (workspace.journal.length > JOURNAL_LIMIT) workspace.journal.shift();
}

/** What differs, by `CHANNEL:TS`, between the messages and what they were `lag` edits ago; undefined for none. */
export function changesSince(workspace: SlackWorkspace, lag: number): Map<string, Message | undefined> {
  const changes = new Map<string, Message | undefined>();
  if (lag <= 0) return changes;
  for (const { revision, channel, ts, before } of workspace.journal.toReversed()) {
    if (revision <= workspace.revision - lag) break;
    changes.set(`${channel}:${ts}`, before);
  }
  return changes;
}
