import { expect, test } from 'vitest';
import { confluence } from '../../../src/connectors/confluence/index.ts';
import { silentLogger } from '../../../src/core/logger.ts';
import { startSimulator } from '../../../src/demo/server.ts';
import { disk } from '../../../src/files/disk.ts';
import { fakeClock } from '../../harness/clock.ts';
import { repositories } from '../../harness/source-repositories.ts';

test('a file comes from another origin, by a signed address and without the credentials', async () => {
  const simulator = await startSimulator();
  const { url, credentials, workspace } = simulator;
  const connector = await confluence.open(
    {
      ...{ id: 'confluence', type: 'confluence', url, auth: credentials, spaces: 'all', comments: true },
      ...{ attachments: 'referenced', max_attachment_mb: 1, optional: false, include_restricted: false },
      ...{ exclude: [], gateway: url },
    },
    {
      clock: fakeClock(),
      log: silentLogger,
      signal: new AbortController().signal,
      files: disk,
      repositories,
    },
  );
  try {
    for (const { id, pageId, title, version, bytes } of workspace.attachments.values()) {
      const attachment = {
        ...{ id, name: title, version, size: bytes().length, referenced: true },
        url: `${url}/wiki/download/attachments/${pageId}/${encodeURIComponent(title)}`,
      };
      simulator.faults.add({ fault: { kind: 'reset' }, path: /\/binary/ });
      const chunks = await connector.download(attachment, Array.fromAsync<Uint8Array>);
      expect(Buffer.concat(chunks).equals(bytes())).toBe(true);
    }
    expect(simulator.mediaRequests.length).toBe(2 * workspace.attachments.size);
    expect(simulator.mediaRequests.filter(({ authorization }) => authorization !== undefined)).toEqual([]);
  } finally {
    await connector.close();
    await simulator.close();
  }
});
