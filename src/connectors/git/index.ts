import { createHash } from 'node:crypto';
import type { GitSource } from '../../config/sources/git.ts';
import { webAddress } from '../../core/web-address.ts';
import { RENDERER_VERSION } from '../../markdown/version.ts';
import type { ConnectorDefinition } from '../contract.ts';
import { lastSegment } from '../file-placement.ts';
import { noDownloads } from '../no-downloads.ts';
import { choiceOf } from './documents.ts';
import { gitModel } from './model.ts';

/** Raised when the connector itself writes other text for the same files. */
const CONNECTOR_VERSION = 1;

/** A git repository, of this machine or elsewhere: what people have written in it to be read. */
export const git: ConnectorDefinition<GitSource> = {
  type: 'git',
  model: gitModel,
  async open(config, { repositories, log, signal }) {
    const { id: source, path, remote, branch, auth } = config;
    const address = (path ?? remote) as string;
    const place = { address, branch, ...(auth && { credentials: credentialsOf(auth) }) };
    let requests = 1;
    const found = await repositories.find(place, signal);
    const web = webAddress(config.url, remote ?? found.origin);
    const repository = lastSegment(config.url ?? remote ?? found.origin ?? address) || source;
    const choice = choiceOf(config, web?.isWiki ?? false);
    const output = {
      RENDERER_VERSION,
      CONNECTOR_VERSION,
      repository,
      web: web?.repository,
      branch: found.branch,
      globs: choice.globs,
    };
    // Loaded when it is used.
    const { gitChanges } = await import('./changes.ts');
    const reading = {
      ...found,
      open: () => {
        requests += 1;
        return found.open();
      },
    };
    const rendering = { source, repository, branch: found.branch, web };
    return {
      ...noDownloads(source),
      model: gitModel(source),
      fingerprint: createHash('sha256').update(JSON.stringify(output)).digest('hex').slice(0, 16),
      // It was reached when it was opened.
      probe: async () => ({
        found: [`${found.branch ?? 'HEAD'} at ${found.head.slice(0, 10)}`],
        problems: [],
      }),
      changes: (options) => gitChanges({ found: reading, choice, rendering, log }, options),
      get requests() {
        return requests;
      },
      close: async () => {},
    };
  },
};

const credentialsOf = ({ username, token }: NonNullable<GitSource['auth']>) => ({
  username,
  password: token,
});
