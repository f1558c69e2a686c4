import { describe, expect, test } from 'vitest';
import { type ReadDocument, readDocument } from '../../src/frontmatter/read.ts';
import { writeDocument } from '../../src/frontmatter/write.ts';
import { reportOf } from '../harness/context.ts';
import { expectContract } from './events.ts';
import type { AnySource, SourceFixture } from './source-context.ts';

/** What every source must do, whatever it reads. */
export function sourceSuite(fixture: SourceFixture): void {
  const { type, definition, start } = fixture;

  describe('a second run', () => {
    test('changes nothing and commits nothing; told to read everything, it writes the same', async () => {
      await using context = await start();
      await context.build();
      const before = context.files();
      const result = await context.build();
      expect(result.report.commit).toBeNull();
      expect(reportOf(result, type)).toMatchObject({
        status: 'ok',
        added: 0,
        modified: 0,
        renamed: 0,
        deleted: 0,
      });
      expect(context.files()).toEqual(before);

      const head = context.git('rev-parse', 'HEAD');
      const { report } = await context.build({ full: true });
      expect(report.commit).toBeNull();
      expect(context.git('rev-parse', 'HEAD')).toBe(head);
    });

    test('changes only what was edited, and takes away only what was removed', async () => {
      await using context = await start();
      await context.build();
      const before = pathsById(context);
      const edited = await context.edit();
      const { changes } = await context.build();
      expect(changes.map(({ kind, path }) => [kind, idAt(context, path)])).toEqual([['modified', edited]]);

      const removed = await context.remove();
      const result = await context.build();
      expect(result.errors).toEqual([]);
      expect([...pathsById(context).keys()].sort()).toEqual(
        [...before.keys()].filter((id) => id !== removed).sort(),
      );
    });
  });

  test.skipIf(fixture.identifiesByName)(
    'R7 a renamed document keeps its id, and git follows it to its new path',
    async () => {
      await using context = await start();
      await context.build();
      const before = pathsById(context);
      const id = (await context.rename?.()) as string;
      const { changes } = await context.build();
      const after = pathsById(context);
      expect(after.get(id)).not.toBe(before.get(id));
      expect(changes).toContainEqual(
        expect.objectContaining({ kind: 'renamed', from: before.get(id), path: after.get(id) }),
      );
      expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
      const history = context.git('log', '--follow', '--format=%h', '--', after.get(id) as string);
      expect(history.trim().split('\n')).toHaveLength(2);
    },
  );

  test('every document is called by its own address', async () => {
    await using context = await start();
    const { documents } = await context.record();
    const model = definition.model(type);
    expect(documents.size).toBeGreaterThan(3);
    for (const [id, told] of documents) {
      // As a repository has them.
      const { facts } = readDocument(writeDocument(told, '')) as ReadDocument;
      const names = model.names(facts);
      // What has no address of its own is called by none.
      if (names.length > 0) expect(names, id).toContain(model.resolve(new URL(facts.url))?.name);
    }
  });

  test('a probe of what can be read finds something and no problem', async () => {
    await using context = await start();
    const { probe } = await context.record();
    expect(probe.problems).toEqual([]);
    expect(probe.found.filter((each) => /\d|signed in|account/.test(each))).not.toEqual([]);
  });

  describe('events', () => {
    test('obey the contract in a first, an unchanged and a changed run', async () => {
      await using context = await start();
      const first = await context.record();
      expectContract(definition.model(type), first);
      expect(first.events.filter((event) => event.type === 'upsert').length).toBeGreaterThan(3);
      const second = await context.record(first);
      expectContract(definition.model(type), second, first);
      if (!fixture.listsTexts) expect(second.events.map((event) => event.type)).not.toContain('upsert');
      expect(second.checkpoint).toEqual(first.checkpoint);
      const edited = await context.edit();
      const renamed = await context.rename?.();
      const removed = await context.remove();
      const third = await context.record(second);
      expectContract(definition.model(type), third, second);
      const upserts = third.events.flatMap((event) =>
        event.type === 'upsert' ? [event.document.facts.id] : [],
      );
      for (const id of [edited, renamed])
        if (id !== undefined && id !== removed) expect(upserts).toContain(id);
      expect(upserts).not.toContain(removed);
      expect(third.events.find((event) => event.type === 'present' && event.id === removed)).toBeUndefined();
    });
  });
}

function pathsById(context: AnySource): Map<string, string> {
  const paths = new Map<string, string>();
  for (const [path, text] of context.documents()) {
    const facts = readDocument(text)?.facts;
    if (facts) paths.set(facts.id, path);
  }
  return paths;
}

function idAt(context: AnySource, path: string): string | undefined {
  return readDocument(context.documents().get(path) ?? '')?.facts.id;
}
