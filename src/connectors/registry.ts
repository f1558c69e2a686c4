import type { SourceConfig } from '../config/schema.ts';
import { confluence } from './confluence/index.ts';
import type { ConnectorDefinition } from './contract.ts';
import { email } from './email/index.ts';
import { files } from './files/index.ts';
import { git } from './git/index.ts';
import { github } from './github/index.ts';
import { jira } from './jira/index.ts';
import { slack } from './slack/index.ts';

type Definitions = {
  readonly [Type in SourceConfig['type']]: ConnectorDefinition<Extract<SourceConfig, { type: Type }>>;
};

const definitions: Definitions = { confluence, jira, slack, email, github, git, files };

/** The connector for a configured source. */
export function connectorFor<C extends SourceConfig>(config: C): ConnectorDefinition<C> {
  return definitions[config.type] as unknown as ConnectorDefinition<C>;
}
