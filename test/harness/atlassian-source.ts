import type { AtlassianSource } from '../../src/config/schema.ts';
import type { ConnectorDefinition } from '../../src/connectors/contract.ts';
import { randomFaults } from '../../src/demo/faults.ts';
import type { Simulator } from '../../src/demo/server.ts';
import type { Workspace } from '../../src/demo/workspace/model.ts';
import { formsOf } from '../contract/connector-secret-suite.ts';
import type { SourceBuild, SourceContext, SourceContextOptions } from '../contract/source-context.ts';
import { type BuildChoices, startContext } from './context.ts';
import { recordRun } from './events.ts';
import { type Happening, happen, happenings } from './random-edits.ts';

/** What a connector of Atlassian's needs for the suites: its configuration, and what can happen to its documents. */
export interface AtlassianActs<C extends AtlassianSource> {
  config(simulator: Simulator): C;
  edit(workspace: Workspace): string;
  rename(workspace: Workspace): string;
  remove(workspace: Workspace): string;
}

const NAMES = Object.keys(happenings) as Happening[0][];

/** The part of the simulated site that one connector reads. */
export async function startAtlassian<C extends AtlassianSource>(
  type: C['type'],
  definition: ConnectorDefinition<C>,
  acts: AtlassianActs<C>,
  { pageLimit = 3, config }: SourceContextOptions = {},
): Promise<SourceContext> {
  const context = await startContext({
    sources: [type],
    pageLimit,
    embeddedComments: 2,
    [type]: config as Partial<C>,
  });
  const { simulator, workspace } = context;
  const withConfig = ({ config: own, ...choices }: SourceBuild): BuildChoices => ({
    ...choices,
    [type]: own as Partial<C>,
  });
  return {
    path: context.path,
    lines: context.lines,
    waits: context.clock.waits,
    faults: simulator.faults,
    trouble(choices) {
      simulator.faults.schedule = randomFaults(choices);
    },
    secrets: formsOf(simulator.credentials),
    get requests() {
      return simulator.requests.map(({ path, query, isBody }) => ({
        url: query === '' ? path : `${path}?${query.replace(/^\?/, '')}`,
        isBody,
      }));
    },
    build: (choices = {}) => context.build(withConfig(choices)),
    record: (before) => recordRun(definition, { ...acts.config(simulator), ...config }, before),
    documents: context.documents,
    files: context.files,
    fresh: (choices = {}) => context.fresh(withConfig(choices)),
    git: context.git,
    edit: () => acts.edit(workspace),
    rename: () => acts.rename(workspace),
    remove: () => acts.remove(workspace),
    happen(nth) {
      const name = NAMES[nth % NAMES.length] as Happening[0];
      happen(workspace, [name, nth % 100, nth % 89]);
    },
    [Symbol.asyncDispose]: () => context[Symbol.asyncDispose](),
  };
}
