import { textOf, type Workspace } from '../workspace/model.ts';
import { expand } from './content/expand.ts';
import { userId } from './content/people.ts';
import { channelNamed, deleteMessage, editMessage, postMessage, renameChannel, reply } from './edits.ts';
import { logOf } from './journal.ts';
import { allMessages } from './log.ts';
import type { Message, SlackWorkspace } from './workspace.ts';

/** What the company says on the morning on which `applyMorning` changes its pages and tickets: answers of days later, mostly. */
export function applySlackMorning(slack: SlackWorkspace, company: Workspace): void {
  const words = (text: string) => expand(text, slack, company);
  const channel = (name: string) => channelNamed(slack, name).id;
  const said = (name: string, start: string) => startingWith(slack, channel(name), start);

  reply(slack, channel('incidents'), said('incidents', '*Delayed mails*').ts, {
    by: userId('hana'),
    text: words('The queue is empty. Who is called first is in {{page:INFRA:On-call runbook}} from now on.'),
  });
  const question = postMessage(slack, channel('engineering'), {
    by: userId('mina'),
    text: words('Can {{issue:SHOP-12}} go out before the sale?'),
  });
  reply(slack, channel('engineering'), question, { by: userId('priya'), text: 'Yes, behind the flag.' });
  editMessage(slack, channel('general'), said('general', '<!here> the office').ts, {
    by: userId('bruno'),
    text: '<!here> the office is closed on Thursday and Friday. Work from where you like.',
  });
  deleteMessage(slack, channel('general'), said('general', 'It was a pleasure').ts);
  renameChannel(slack, channel('storefront'), 'shop', userId('mina'));
}

function startingWith(slack: SlackWorkspace, channel: string, start: string): Message {
  for (const message of allMessages(logOf(slack, channel)))
    if (textOf(message.text ?? '').startsWith(start)) return message;
  throw new Error(`nobody said "${start}" in ${channel}`);
}
