import type { Answer } from '../../answer.ts';
import type { FaultPlan } from '../../faults.ts';
import type { GithubWorkspace, Repository } from '../workspace.ts';

/** What a handler gets to know of one request. */
export interface RestCall {
  readonly workspace: GithubWorkspace;
  readonly faults: FaultPlan<GithubWorkspace>;
  /** The address of the site that people see, without a slash at its end. */
  readonly web: string;
  /** The address of the API as the request came to it. */
  readonly api: string;
  /** What `@@SITE@@` stands for; answers that are not JSON replace it themselves. */
  readonly atlassianSite: string;
  /** The request's path, below `api`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly accept: string;
  /** Lists are never longer than this, whatever a request asks for. */
  readonly pageLimit: number;
}

export type RestHandler = (call: RestCall) => Answer;

export interface InRepository extends RestCall {
  readonly repository: Repository;
}

const DOCS = 'https://docs.github.com/rest';

/** https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
export const restError = (status: number, message: string): Answer => ({
  status,
  body: { message, documentation_url: DOCS, status: String(status) },
});

export const notFound = (): Answer => restError(404, 'Not Found');
