import fc from 'fast-check';
import * as edits from '../../../src/demo/slack/edits.ts';
import { logOf } from '../../../src/demo/slack/journal.ts';
import { allMessages } from '../../../src/demo/slack/log.ts';
import type { SlackWorkspace } from '../../../src/demo/slack/workspace.ts';

/** Something that happens in a workspace; `nth` chooses among what is there. */
export interface Happening {
  readonly what: 'post' | 'reply' | 'broadcast' | 'edit' | 'delete' | 'react' | 'rename' | 'wait';
  readonly nth: number;
}

/** The more often it stands here, the more often it happens. */
export const HAPPENINGS: readonly Happening['what'][] = [
  ...(['post', 'post', 'reply', 'reply', 'broadcast'] as const),
  ...(['edit', 'delete', 'react', 'rename', 'wait'] as const),
];

export const happening: fc.Arbitrary<Happening> = fc.record({
  what: fc.constantFrom(...HAPPENINGS),
  nth: fc.nat(1000),
});

export function happen(
  workspace: SlackWorkspace,
  channels: readonly string[],
  { what, nth }: Happening,
): void {
  const channel = channels[nth % channels.length] as string;
  const all = [...allMessages(logOf(workspace, channel))];
  const message = all[nth % Math.max(1, all.length)];
  const isDeleted = message?.subtype === 'tombstone';
  if (what === 'wait') workspace.now += (1 + (nth % 40)) * 3_600_000;
  else if (what === 'rename')
    edits.renameUser(workspace, workspace.userId, { displayName: `Mina ${nth % 5}` });
  else if (what === 'post' || message === undefined)
    edits.postMessage(workspace, channel, { text: `Said ${nth}\nand more` });
  else if (isDeleted) return;
  else if (what === 'reply' || what === 'broadcast')
    edits.reply(workspace, channel, message.ts, { text: `Answer ${nth}`, broadcast: what === 'broadcast' });
  else if (what === 'edit') edits.editMessage(workspace, channel, message.ts, { text: `Better ${nth}` });
  else if (what === 'react')
    edits.addReaction(workspace, channel, message.ts, { name: 'eyes', by: workspace.userId });
  else edits.deleteMessage(workspace, channel, message.ts);
}
