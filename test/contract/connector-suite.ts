import { describe, expect, test } from 'vitest';
import { readDocument } from '../../src/frontmatter/read.ts';
import { reportOf } from '../harness/context.ts';
import { secretTest } from './connector-secret-suite.ts';
import { expectContract } from './events.ts';
import { listingSilenceTests } from './listing-silence.ts';
import type { ConnectorFixture, SourceContext } from './source-context.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** What every connector must do, over real HTTP and real git. */
export function connectorSuite(fixture: ConnectorFixture): void {
  const { type, definition, start } = fixture;

  describe('a second run', () => {
    test('changes nothing, commits nothing and asks for no text; told to read everything, it writes the same', async () => {
      await using context = await start();
      await context.build();
      const before = context.files();
      const count = context.requests.length;
      const result = await context.build();
      expect(result.report.commit).toBeNull();
      expect(reportOf(result, type)).toMatchObject({
        status: 'ok',
        added: 0,
        modified: 0,
        renamed: 0,
        deleted: 0,
      });
      expect(bodiesSince(context, count)).toEqual([]);
      expect(context.files()).toEqual(before);

      const head = context.git('rev-parse', 'HEAD');
      const { report } = await context.build({ full: true });
      expect(report.commit).toBeNull();
      expect(context.git('rev-parse', 'HEAD')).toBe(head);
    });

    test('reads again only what was edited', async () => {
      await using context = await start();
      await context.build();
      const id = context.edit();
      const count = context.requests.length;
      const { changes } = await context.build();
      expect(changes.map(({ kind, path }) => [kind, idAt(context, path)])).toEqual([['modified', id]]);
      expect(bodiesSince(context, count)).toHaveLength(1);
    });
  });

  test('R7 a renamed document keeps its id, and git follows it to its new path', async () => {
    await using context = await start();
    await context.build();
    const before = pathsById(context);
    const id = context.rename();
    const { changes } = await context.build();
    const after = pathsById(context);
    expect(after.get(id)).not.toBe(before.get(id));
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'renamed', from: before.get(id), path: after.get(id) }),
    );
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    const history = context.git('log', '--follow', '--format=%h', '--', after.get(id) as string);
    expect(history.trim().split('\n')).toHaveLength(2);
  });

  test('a removed document goes, and nothing else does', async () => {
    await using context = await start();
    await context.build();
    const before = pathsById(context);
    const id = context.remove();
    const result = await context.build();
    expect(result.errors).toEqual([]);
    expect([...pathsById(context).keys()].sort()).toEqual(
      [...before.keys()].filter((key) => key !== id).sort(),
    );
  });

  listingSilenceTests(
    fixture,
    ['at its second page'],
    [{ kind: 'status', status: 500 }, { kind: 'empty-page' }],
  );

  test('R6 a listing that fails is reported, deletes nothing, and is made good by the next run', async () => {
    await using context = await start();
    await context.build();
    const before = context.documents();
    for (const [name, path] of Object.entries(fixture.listings)) {
      context.faults.add({ fault: { kind: 'status', status: 500 }, path, times: FOREVER });
      const result = await context.build();
      expect(reportOf(result, type).status, name).not.toBe('ok');
      expect(result.errors, name).not.toEqual([]);
      expect(context.documents(), name).toEqual(before);
      context.faults.clear();
    }
    expect(reportOf(await context.build(), type).status).toBe('ok');
    expect(context.documents()).toEqual(before);
  });

  test('a text that cannot be read keeps its last version, and the next run has it', async () => {
    await using context = await start();
    await context.build();
    const before = context.documents();
    const id = context.edit();
    context.faults.add({
      fault: { kind: 'status', status: 500 },
      path: fixture.bodies,
      times: FOREVER,
    });
    const failed = await context.build();
    expect(reportOf(failed, type)).toMatchObject({ status: 'partial', failed: 1, deleted: 0, modified: 0 });
    expect(failed.errors[0]?.message).toContain(id);
    expect(context.documents()).toEqual(before);
    context.faults.clear();
    const { changes } = await context.build();
    expect(changes.map(({ kind }) => kind)).toEqual(['modified']);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('a rate limit that never ends is a failure that deletes nothing', async () => {
    await using context = await start();
    await context.build();
    const before = context.documents();
    context.faults.add({ fault: { kind: 'rate-limit', seconds: 1 }, times: FOREVER });
    const result = await context.build();
    expect(reportOf(result, type).status).toBe('failed');
    expect(context.documents()).toEqual(before);
  });

  test('refused credentials fail the source as such and change nothing', async () => {
    await using context = await start();
    await context.build();
    const before = context.documents();
    context.faults.add({ fault: { kind: 'status', status: 401 }, skip: 4, times: FOREVER });
    const result = await context.build({ full: true });
    expect(reportOf(result, type).status).toBe('failed');
    expect(result.errors.map(({ kind }) => kind)).toEqual(['credentials']);
    expect(context.documents()).toEqual(before);
  });

  test('every document is called by its own address', async () => {
    await using context = await start();
    await context.build();
    const model = definition.model(type);
    for (const [path, text] of context.documents()) {
      const facts = readDocument(text)?.facts;
      if (facts === undefined) continue;
      const names = model.names(facts);
      // What has no address of its own is called by none.
      if (names.length > 0) expect(names, path).toContain(model.resolve(new URL(facts.url))?.name);
    }
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
      const edited = context.edit();
      const renamed = context.rename();
      const removed = context.remove();
      const third = await context.record(second);
      expectContract(definition.model(type), third, second);
      const upserts = third.events.flatMap((event) =>
        event.type === 'upsert' ? [event.document.facts.id] : [],
      );
      for (const id of [edited, renamed]) if (id !== removed) expect(upserts).toContain(id);
      expect(upserts).not.toContain(removed);
      expect(third.events.find((event) => event.type === 'present' && event.id === removed)).toBeUndefined();
    });
  });

  secretTest(fixture);
}

function bodiesSince({ requests }: SourceContext, count: number): string[] {
  return requests.slice(count).flatMap(({ url, isBody }) => (isBody ? url : []));
}

function pathsById(context: SourceContext): Map<string, string> {
  const paths = new Map<string, string>();
  for (const [path, text] of context.documents()) {
    const facts = readDocument(text)?.facts;
    if (facts) paths.set(facts.id, path);
  }
  return paths;
}

function idAt(context: SourceContext, path: string): string | undefined {
  return readDocument(context.documents().get(path) ?? '')?.facts.id;
}
