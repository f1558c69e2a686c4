import type { GithubSource } from '../../../src/config/sources/github.ts';
import { github } from '../../../src/connectors/github/index.ts';
import { randomFaults } from '../../../src/demo/faults.ts';
import * as edits from '../../../src/demo/github/edits.ts';
import { nodeId } from '../../../src/demo/github/ids.ts';
import type {
  ConnectorFixture,
  ServiceFault,
  Settings,
  SourceContext,
} from '../../contract/source-context.ts';
import { clockOf } from '../../harness/clock.ts';
import { recordRun } from '../../harness/events.ts';
import { startGithub } from './harness.ts';
import { HAPPENINGS, type Happening, happen } from './random-activity.ts';
import { STOREFRONT, smallGithub } from './small-github.ts';

const BODIES = /operation=(?:PullRequests|Issues|Discussions|Releases)\b/;

async function start({
  pageLimit = 3,
  config,
}: {
  readonly pageLimit?: number;
  readonly config?: Settings;
} = {}): Promise<SourceContext> {
  const workspace = smallGithub();
  // So that each listing has several pages.
  edits.createDiscussion(workspace, STOREFRONT, { title: 'Which colour?', body: 'Any.', category: 'ideas' });
  edits.publishRelease(workspace, STOREFRONT, { tag: 'v1.1.0', body: 'More' });
  // A server may name a moment to come back at.
  workspace.now = Date.now();
  const context = await startGithub({ workspace, pageLimit, config: config as Partial<GithubSource> });
  const { simulator } = context;
  const withConfig = <T extends { readonly config?: Settings }>({ config: settings, ...choices }: T) => ({
    ...choices,
    config: settings as Partial<GithubSource>,
  });
  const [repository] = workspace.repositories.values();
  const idOf = (number: number): string => nodeId('Issue', repository?.databaseId ?? 0, number);
  let told = 0;
  return {
    ...{ path: context.path, lines: context.lines, waits: context.waits },
    faults: {
      add: (rule) => simulator.faults.add({ ...rule, fault: withoutWait(rule.fault) }),
      clear: () => simulator.faults.clear(),
      get given() {
        return simulator.faults.given;
      },
    },
    trouble(choices) {
      simulator.faults.schedule = randomFaults(choices);
    },
    secrets: [simulator.token],
    get requests() {
      return simulator.requests.map(({ path, query, operation, variables }) => {
        const url = operation
          ? `${path}?operation=${operation}&${JSON.stringify(variables)}`
          : `${path}?${query.replace(/^\?/, '')}`;
        return { url, isBody: BODIES.test(url) };
      });
    },
    build: (choices = {}) => context.build(withConfig(choices)),
    record: (before) => recordRun(github, context.source, before, clockOf(workspace)),
    documents: context.documents,
    files: context.files,
    fresh: (choices = {}) => context.fresh(withConfig(choices)),
    git: context.git,
    edit() {
      told += 1;
      edits.comment(workspace, STOREFRONT, 1, { body: `Another word ${told}` });
      return idOf(1);
    },
    rename() {
      edits.retitle(workspace, STOREFRONT, 2, { title: 'Search takes long' });
      return idOf(2);
    },
    remove() {
      edits.deleteIssue(workspace, STOREFRONT, 3);
      return idOf(3);
    },
    happen(nth) {
      const what = HAPPENINGS[nth % HAPPENINGS.length] as Happening['what'];
      happen(workspace, { what, nth });
    },
    [Symbol.asyncDispose]: () => context[Symbol.asyncDispose](),
  };
}

/** A refusal that says nothing of a wait: that of the simulated quota would name the second of its renewal. */
function withoutWait(fault: ServiceFault): ServiceFault {
  const isSilent = fault.kind === 'rate-limit' && fault.retryAfter === 'absent';
  return isSilent ? { kind: 'status', status: 429 } : fault;
}

export const githubFixture: ConnectorFixture = {
  type: 'github',
  definition: github,
  start,
  listings: {
    changes: /\/issues\?/,
    discussions: /operation=ChangedDiscussions/,
    releases: /operation=AllReleases/,
  },
  mainListing: 'changes',
  bodies: BODIES,
};
