import { describe, test } from 'vitest';
import { expectWithheldFor, readers } from './partial-access.ts';

describe('R1 restrictions that an answer shows in part', () => {
  test.each([
    ['its users are on another page', readers({ size: 3 }), 'restricted'],
    ['it says nothing', {}, 'unknown'],
  ] as const)('%s', (_, read, access) => expectWithheldFor(read, access));
});
