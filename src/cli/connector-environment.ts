import { join } from 'node:path';
import type { ConnectorEnvironment } from '../connectors/contract.ts';
import { systemClock } from '../core/clock.ts';
import { cacheDir } from '../core/paths.ts';
import { disk } from '../files/disk.ts';
import { sourceRepositories } from '../git/sources/repositories.ts';
import { createNetwork } from '../http/network.ts';
import type { CommandContext } from './command-context.ts';

/** What connectors reach from a command: this machine's clock, disk and network, and what its user has fetched before. */
export function connectorEnvironment({
  output,
  env,
  signal,
}: Pick<CommandContext, 'output' | 'env' | 'signal'>): Required<ConnectorEnvironment> {
  return {
    ...{ clock: systemClock, log: output, signal, network: createNetwork(env), files: disk },
    repositories: sourceRepositories(join(cacheDir(env), 'repositories')),
  };
}
