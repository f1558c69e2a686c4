import { test, vi } from 'vitest';
import { expectNoEcho, kinds } from './echo.ts';

vi.setConfig({ testTimeout: 120_000 });

test('R17 a service that quotes what it was sent finds no echo in messages, whatever kind of failure it is', () =>
  expectNoEcho(Object.keys(kinds) as (keyof typeof kinds)[]));
