import type { SourceConfig } from '../config/schema.ts';
import type { ConnectorDefinition } from './contract.ts';

type Loaders = {
  readonly [Type in SourceConfig['type']]: () => Promise<
    ConnectorDefinition<Extract<SourceConfig, { type: Type }>>
  >;
};

/** Each is loaded when a source needs it: the clients of Atlassian alone take 50 MB and half a second. */
const loaders: Loaders = {
  confluence: async () => (await import('./confluence/index.ts')).confluence,
  jira: async () => (await import('./jira/index.ts')).jira,
  slack: async () => (await import('./slack/index.ts')).slack,
  email: async () => (await import('./email/index.ts')).email,
  github: async () => (await import('./github/index.ts')).github,
  git: async () => (await import('./git/index.ts')).git,
  files: async () => (await import('./files/index.ts')).files,
};

/** The connector for a configured source. */
export async function connectorFor<C extends SourceConfig>(config: C): Promise<ConnectorDefinition<C>> {
  return (await loaders[config.type]()) as unknown as ConnectorDefinition<C>;
}
