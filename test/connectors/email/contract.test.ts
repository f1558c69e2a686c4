import { afterAll, beforeAll, describe } from 'vitest';
import { sourceSuite } from '../../contract/source-suite.ts';
import { type Dovecot, dovecotVersion, startDovecot } from '../../harness/dovecot.ts';
import { imapFixture, localFixture } from './fixture.ts';

describe('mail of this machine', () => sourceSuite(localFixture));

describe.skipIf(dovecotVersion === undefined)('mail on a server', () => {
  let server: Dovecot;
  beforeAll(async () => {
    server = await startDovecot();
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
  });
  sourceSuite(imapFixture(() => server));
});
