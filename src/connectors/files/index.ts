import { createHash } from 'node:crypto';
import type { FilesSource } from '../../config/sources/files.ts';
import { RENDERER_VERSION } from '../../markdown/version.ts';
import type { ConnectorDefinition } from '../contract.ts';
import { lastSegment } from '../file-placement.ts';
import { noDownloads } from '../no-downloads.ts';
import { filesModel } from './model.ts';
import { probeFiles } from './probe.ts';

/** Raised when the connector itself writes other text for the same files. */
const CONNECTOR_VERSION = 1;

/** A folder of this machine: notes, what an assistant remembers, instructions. */
export const files: ConnectorDefinition<FilesSource> = {
  type: 'files',
  model: filesModel,
  async open(config, environment) {
    const { id: source, copy, include, exclude } = config;
    const folder = lastSegment(config.path) || source;
    const output = { RENDERER_VERSION, CONNECTOR_VERSION, folder, copy, include, exclude };
    // Loaded when it is used.
    const { filesChanges } = await import('./changes.ts');
    return {
      ...noDownloads(source),
      model: filesModel(source),
      fingerprint: createHash('sha256').update(JSON.stringify(output)).digest('hex').slice(0, 16),
      probe: () => probeFiles(config, environment.files),
      changes: (options) =>
        filesChanges({ config, folder, files: environment.files, log: environment.log }, options),
      requests: 0,
      close: async () => {},
    };
  },
};
