import { expect } from 'vitest';
import type { SourceModel } from '../../src/connectors/contract.ts';
import { idOf, type RecordedRun } from '../harness/events.ts';

/** The order of events and the shape of the checkpoint, as the contract has them. */
export function expectContract(
  model: SourceModel,
  { events, checkpoint }: RecordedRun,
  before?: RecordedRun,
): void {
  const facts = new Map(before?.documents);
  for (const event of events)
    if (event.type === 'upsert') facts.set(event.document.facts.id, event.document.facts);
  const complete = new Set<string>();
  const told = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'complete') complete.add(event.scope);
    const id = idOf(event);
    if (id === undefined) continue;
    const own = facts.get(id);
    const late = own ? model.scopes(own).filter((scope) => complete.has(scope)) : [];
    expect(late, `${event.type} of ${id} after its scope was complete`).toEqual([]);
    expect(told.get(id) ?? event.type, `two events of ${id}`).toBe(event.type);
    told.set(id, event.type);
    if (event.type !== 'upsert') continue;
    expect(event.document.facts.source).toBe(model.source);
    const [top] = model.placement(event.document.facts).folder;
    expect(top, `${id} has no folder below the source's, where its index would be`).toBeTruthy();
  }
  const failed = new Set(
    events.flatMap((event) => (event.type === 'failed' && event.scope ? [event.scope] : [])),
  );
  expect([...complete].filter((scope) => failed.has(scope))).toEqual([]);
  const checkpoints = events.filter((event) => event.type === 'checkpoint');
  expect(checkpoints.length).toBeLessThanOrEqual(1);
  if (checkpoints.length > 0) expect(events.at(-1)?.type).toBe('checkpoint');
  expect(JSON.parse(JSON.stringify(checkpoint ?? null))).toEqual(checkpoint ?? null);
}
