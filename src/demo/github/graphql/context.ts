import type { Fault, FaultPlan } from '../../faults.ts';
import type { GithubWorkspace, Repository } from '../workspace.ts';

/** What resolvers get to know of a request. */
export interface Context {
  readonly workspace: GithubWorkspace;
  readonly faults: FaultPlan<GithubWorkspace>;
  /** The address of the site that people see. */
  readonly web: string;
  /** Connections are never longer than this, whatever a query asks for. */
  readonly pageLimit: number;
  /** Distorts the first connection, then it is taken away. */
  fault: Fault<GithubWorkspace> | undefined;
  /** The ids of the pull requests of which more was read than their own fields. */
  readonly detailed: Set<string>;
  readonly rateLimit: () => RateLimit;
}

export interface RateLimit {
  readonly cost: number;
  readonly limit: number;
  readonly nodeCount: number;
  readonly remaining: number;
  readonly resetAt: string;
  readonly used: number;
}

/** Where the resolvers of a repository's things look up what they name. */
export interface Scope {
  readonly context: Context;
  readonly repository: Repository;
}

/** An error that says its kind, as those of this service do. */
export class GithubError extends Error {
  override readonly name = 'GithubError';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}
