import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSubject } from '../../../src/connectors/email/subject.ts';
import { type ThreadHeaders, threadMails } from '../../../src/connectors/email/threads.ts';

const ann = { address: 'ann@acme.example' };
const bob = { address: 'bob@acme.example' };

function mail(id: string, day: number | undefined, changes: Partial<ThreadHeaders> = {}): ThreadHeaders {
  return {
    id,
    digest: `digest of ${id}`,
    references: [],
    subject: `About ${id}`,
    ...(day !== undefined && { date: new Date(Date.UTC(2026, 0, 1) + day * 86_400_000).toISOString() }),
    from: [ann],
    to: [bob],
    cc: [],
    ...changes,
  };
}

const shape = (mails: readonly ThreadHeaders[]) =>
  threadMails(mails).map((thread) => [thread.id, thread.mails.map(({ id }) => id)]);

describe('threads by the server', () => {
  const of = (thread: string, id: string, day: number, references: string[] = []) =>
    mail(id, day, { thread, references });

  test('are those that it tells, with the id of their beginning', () => {
    const mails = [of('T1', 'a', 1), of('T1', 'b', 2), of('T2', 'd', 4, ['c']), of('T2', 'e', 5, ['c'])];
    expect(shape(mails)).toEqual([
      ['a', ['a', 'b']],
      ['c', ['d', 'e']],
    ]);
  });

  test('that it has parted are two, and what begins later has no part in the name', () => {
    const long = [
      of('T1', 'a', 1),
      of('T1', 'b', 2, ['a']),
      of('T2', 'c', 3, ['a', 'b']),
      of('T2', 'd', 4, ['a']),
    ];
    const expected = [
      ['a', ['a', 'b']],
      ['c', ['c', 'd']],
    ];
    expect(shape(long)).toEqual(expected);
    expect(shape(long.toReversed())).toEqual(expected);
    const beginningLost = long.slice(1);
    expect(shape(beginningLost)).toEqual([
      ['a', ['b']],
      ['c', ['c', 'd']],
    ]);
  });

  test('are not joined by subjects', () => {
    const mails = [
      mail('a', 1, { thread: 'T1', subject: 'Plan' }),
      mail('b', 2, { thread: 'T2', subject: 'Re: Plan' }),
    ];
    expect(shape(mails)).toEqual([
      ['a', ['a']],
      ['b', ['b']],
    ]);
  });
});

describe('threads by references', () => {
  test('a missing message still holds its answers together, under its id', () => {
    const mails = [
      mail('c', 3, { references: ['a', 'b'] }),
      mail('d', 2, { references: ['a'] }),
      mail('e', 4, { references: ['b'] }),
    ];
    expect(shape(mails)).toEqual([['a', ['d', 'c', 'e']]]);
    expect(threadMails(mails)[0]?.mails.map(({ parent }) => parent)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(shape([...mails, mail('a', 1)])).toEqual([['a', ['a', 'd', 'c', 'e']]]);
  });

  test('an answer stands behind what it answers, whatever its clock said', () => {
    const mails = [
      mail('a', 5),
      mail('b', 1, { references: ['a'] }),
      mail('c', undefined, { references: ['b'] }),
    ];
    expect(shape(mails)).toEqual([['a', ['a', 'b', 'c']]]);
  });

  test('messages that answer each other make no loop', () => {
    const mails = [mail('a', 2, { references: ['b'] }), mail('b', 1, { references: ['c', 'a'] })];
    expect(shape(mails)).toEqual([['b', ['b', 'a']]]);
    expect(shape([mail('a', 1, { references: ['a'] })])).toEqual([['a', ['a']]]);
  });

  test('nobody can make a thread part of another but its own first message', () => {
    const mails = [mail('a', 1), mail('b', 2), mail('c', 3, { references: ['a', 'b'] })];
    expect(shape(mails)).toEqual([
      ['a', ['a']],
      ['b', ['b', 'c']],
    ]);
  });

  test('copies are one message; others of the same id are not', () => {
    const copy = mail('a', 1, { digest: 'with a footer' });
    expect(shape([mail('a', 1), copy])).toEqual([['a', ['a']]]);
    expect(shape([mail('a', 1), mail('a', 2, { digest: 'other', subject: 'Other' })])).toEqual([
      ['a', ['a']],
      ['a~other', ['a~other']],
    ]);
  });

  test('a thread whose first message was missing takes the id of the thread that it turns out to be of', () => {
    const answer = mail('c', 3, { references: ['b'] });
    expect(shape([answer])).toEqual([['b', ['c']]]);
    expect(shape([answer, mail('b', 2, { references: ['a'] })])).toEqual([['a', ['b', 'c']]]);
  });
});

describe('threads by subject', () => {
  const re = { subject: 'AW: About a' };

  test('an answer without references joins the latest thread of its subject that began before', () => {
    const other = mail('a2', 5, { subject: 'About a' });
    expect(shape([mail('a', 1), mail('b', 2, re), other, mail('c', 6, re)])).toEqual([
      ['a', ['a', 'b']],
      ['a2', ['a2', 'c']],
    ]);
  });

  test.each<[string, Partial<ThreadHeaders>, number]>([
    ['it says that it answers nothing', { subject: 'About a' }, 2],
    ['it names what it answers', { ...re, references: ['x'] }, 2],
    ['it is of other people', { ...re, from: [{ address: 'eve@x.example' }], to: [] }, 2],
    ['it came too late', re, 200],
    ['it came before', re, 0],
    ['there is no subject', { subject: 'Re:' }, 2],
  ])('but not if %s', (_, changes, day) => {
    expect(threadMails([mail('a', 1), mail('b', day, changes)])).toHaveLength(2);
  });

  test.each([
    ['Re: Plan', 'Plan'],
    ['RE: AW: Fwd: WG: Plan', 'Plan'],
    ['Re[2]: SV: Antw: Plan', 'Plan'],
    ['回复：Re: Plan', 'Plan'],
    ['[dev] Re: Plan', '[dev] Plan'],
    ['Re: [dev] Re: [dev] Plan', '[dev] Plan'],
    ['Plan (fwd)', 'Plan'],
  ])('%s is about %s', (subject, title) => {
    expect(readSubject(subject)).toEqual({ title, isReply: !subject.endsWith('(fwd)') });
  });

  test.each(['Report: Plan', 'Regarding: x', 'Fwding', '[dev] Plan', '(was here)'])(
    '%s is as it is',
    (subject) => {
      expect(readSubject(subject)).toEqual({ title: subject, isReply: false });
    },
  );
});

/** Any headers, lies and loops included. */
const wild = fc
  .uniqueArray(
    fc.record({
      id: fc.constantFrom(...'abcdefgh'),
      day: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
      references: fc.array(fc.constantFrom(...'abcdefghxyz'), { maxLength: 4 }),
      subject: fc.constantFrom('One', 'Re: One', 'Two', 'WG: Two'),
    }),
    { selector: ({ id }) => id },
  )
  .map((all) =>
    all.map(({ id, day, references, subject }) =>
      mail(id, day, { references: [...new Set(references)].filter((one) => one !== id), subject }),
    ),
  );

/** Forests as honest programs make them: each message names the way from the first one, at times without the middle. */
const forest = fc
  .array(fc.record({ parent: fc.nat(), kind: fc.constantFrom('new', 'answer', 'answer', 'shortened') }), {
    minLength: 1,
    maxLength: 14,
  })
  .map((steps) => {
    const chains: string[][] = [];
    return steps.map(({ parent, kind }, index) => {
      const above = kind === 'new' || index === 0 ? undefined : parent % index;
      const whole = above === undefined ? [] : [...(chains[above] ?? []), `m${above}`];
      chains.push(whole);
      const references =
        kind === 'shortened' && whole.length > 2 ? [whole[0] ?? '', ...whole.slice(-1)] : whole;
      return mail(`m${index}`, index, { references });
    });
  });

describe('threads of any messages', () => {
  test('do not depend on the order of the messages, and lose none', () => {
    const shuffled = wild.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(threadMails(other)).toEqual(threadMails(all));
        const ids = threadMails(all).flatMap(({ mails }) => mails.map(({ id }) => id));
        expect(ids.sort()).toEqual(all.map(({ id }) => id).sort());
      }),
    );
  });

  test('keep their ids whichever messages of them are there', () => {
    fc.assert(
      fc.property(forest, fc.infiniteStream(fc.boolean()), (all, choice) => {
        const whole = new Map(threadMails(all).flatMap(({ id, mails }) => mails.map((one) => [one.id, id])));
        const some = all.filter(() => choice.next().value);
        for (const { id, mails } of threadMails(some))
          for (const one of mails) expect(id).toBe(whole.get(one.id));
      }),
    );
  });
});
