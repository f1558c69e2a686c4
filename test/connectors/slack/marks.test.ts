import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { People } from '../../../src/connectors/slack/people.ts';
import { readContext, renderDay, renderThread, textOf } from '../../../src/connectors/slack/render.ts';
import type { Message } from '../../../src/connectors/slack/schema.ts';
import { messagesOf } from '../../../src/connectors/slack/stored/talk.ts';
import { canonicalFacts } from '../../../src/frontmatter/write.ts';
import { linkDocument, writeMarkdown } from '../../../src/markdown/index.ts';
import { stripTree } from '../../../src/markdown/invisible.ts';
import { replayed } from '../../harness/replay.ts';
import { anyNode, attachment, soup } from '../../markdown/random-message.ts';

const rendering = {
  ...{ source: 'slack', site: 'https://acme.slack.com', workspace: 'acme', filesOrigin: undefined },
  channel: { id: 'C1', name: 'general', kind: 'channel' as const },
  channels: new Map([['C1', 'general']]),
  people: new People({ values: () => [{ people: { U1: 'Ann *Lee*', U2: '### x · <!-- y -->' } }] as never }),
};

/** What a reader makes of a rendered document. */
function readBack({ facts, body }: ReturnType<typeof renderDay>) {
  const text = linkDocument(writeMarkdown(stripTree(body).tree), (url) => url);
  return messagesOf({ facts: canonicalFacts(facts), body: text, addressOf: (link) => link });
}

const said = (message: Message) => textOf(message, readContext(rendering, message.ts));

const file = fc.record({ id: fc.constant('F1'), name: soup });
const reaction = fc.record({
  name: fc.constantFrom('wave', '+1', 'a_b', 'wave::skin-tone-2'),
  count: fc.nat(9),
});
const message = fc.record(
  {
    text: fc.oneof(
      soup,
      fc.constant(':wave: 2'),
      fc.constant('### U1 · 2026-03-02 07:32 UTC <!-- 1.000000 U2 -->'),
    ),
    user: fc.constantFrom('U1', 'U2', 'U3', 'USLACKBOT'),
    blocks: fc.array(anyNode, { maxLength: 2 }),
    attachments: fc.array(attachment, { maxLength: 2 }),
    files: fc.array(file, { maxLength: 2 }),
    reactions: fc.uniqueArray(reaction, { maxLength: 2, selector: ({ name }) => name }),
    edited: fc.constant({ ts: '1772438460.000000' }),
    subtype: fc.constantFrom('thread_broadcast', 'channel_join', 'tombstone', 'bot_message', 'me_message'),
    bot_id: fc.constant('B1'),
    username: soup,
  },
  { requiredKeys: ['text'] },
);

describe('what a document tells of its messages', () => {
  test('is what Slack told, whatever they say', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), fc.boolean(), (messages, isThread) => {
        const all = messages.map((each, index) => ({ ...each, ts: `1772438400.00010${index}` }) as Message);
        const document = isThread ? renderThread(all, rendering) : renderDay('2026-03-02', all, rendering);
        const read = readBack(document);
        expect(read?.map(({ ts }) => ts)).toEqual(all.map(({ ts }) => ts));
        for (const [index, each] of all.entries()) {
          const stored = read?.[index];
          const isDeleted = each.subtype === 'tombstone';
          if (!isDeleted) expect(stored?.text, JSON.stringify(each)).toBe(said(each));
          expect(stored?.user).toBe(isDeleted ? undefined : each.user);
          expect(stored?.edited != null).toBe(each.edited != null);
          expect(stored?.reactions ?? []).toEqual(each.reactions ?? []);
          const has = [each.files, each.attachments].some((list) => Array.isArray(list) && list.length > 0);
          expect(stored?.attachments !== undefined).toBe(has);
        }
      }),
      replayed({ runs: 40 }),
    );
  });
});
