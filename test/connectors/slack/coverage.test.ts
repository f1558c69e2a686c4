import { expect, test } from 'vitest';
import { Coverage } from '../../../src/connectors/slack/coverage.ts';

const checkpoint = {
  channels: {
    C2: { days: ['2026-01-01..2026-01-03'] },
    C1: { days: ['2026-01-02..2026-01-02'], audited: '2026-01-02' },
  },
};

test('what it remembers is what it was made of, channels in order', () => {
  const written = new Coverage(checkpoint).toCheckpoint() as typeof checkpoint;
  expect(written).toEqual(checkpoint);
  expect(Object.keys(written.channels)).toEqual(['C1', 'C2']);
  expect(new Coverage(undefined).toCheckpoint()).toEqual({ channels: {} });
});

test('a day that is to be read anew counts as unread until it is', () => {
  const coverage = new Coverage(checkpoint);
  coverage.remove('C2', '2026-01-02');
  expect(coverage.has('C2', '2026-01-02')).toBe(false);
  expect(coverage.toCheckpoint()).toMatchObject({
    channels: { C2: { days: ['2026-01-01..2026-01-01', '2026-01-03..2026-01-03'] } },
  });
  coverage.add('C2', '2026-01-02');
  expect(coverage.toCheckpoint()).toEqual(checkpoint);
  coverage.forget('C1');
  expect(coverage.days('C1').size).toBe(0);
});

test('channels are audited in turn, and none twice before another day has ended', () => {
  const coverage = new Coverage(checkpoint);
  // One that was never read to its end is not done with its first reading.
  expect(coverage.dueForAudit(['C1', 'C2', 'C3'], '2026-01-03')).toBe('C1');
  coverage.setAudited('C2');
  expect(coverage.audited('C2')).toBe('2026-01-03');
  expect(coverage.dueForAudit(['C1', 'C2', 'C3'], '2026-01-02')).toBeUndefined();
  expect(coverage.dueForAudit(['C1', 'C2'], '2026-01-04')).toBe('C1');
  expect(coverage.lastDay).toBe('2026-01-03');
});
