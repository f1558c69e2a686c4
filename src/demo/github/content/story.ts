import { pageAddress, titleIn } from '../../slack/content/expand.ts';
import type { Workspace } from '../../workspace/model.ts';
import * as edits from '../edits.ts';
import { nextId } from '../journal.ts';
import type { ChangedFile, Check, Commit, GithubWorkspace, Reaction } from '../workspace.ts';
import { authorOf, loginOf } from './people.ts';

export const STOREFRONT = 'fernhollow/storefront';
export const GREENHOUSE = 'fernhollow/greenhouse';

const PLACE = /\{\{(@|issue:|page:)([^}]+)\}\}/g;

/** Puts mentions and addresses in place of `{{@mina}}`, `{{issue:OPS-18}}` and `{{page:INFRA:On-call runbook}}`. */
export function expand(text: string, company: Workspace): string {
  const lines = text.replace(/^\n/, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  const plain = lines
    .map((line) => line.slice(indent))
    .join('\n')
    .trimEnd();
  return plain.replaceAll(PLACE, (_, kind: string, name: string) => {
    if (kind === '@') return `@${loginOf(name) ?? name}`;
    if (kind === 'issue:') return `[${name}](@@SITE@@/browse/${name})`;
    return `[${titleIn(name)}](${pageAddress(company, name)})`;
  });
}

/** Who, and when, in UTC: `mina 2026-02-24T10:00`. */
type By = string;

type Optional<T> = { readonly [K in keyof T]?: T[K] };

/** Tells what happened in one repository, in the words of the company's people. */
export function storyOf(workspace: GithubWorkspace, company: Workspace, name: string) {
  const text = (words: string) => expand(words, company);
  const edit = (by: By) => {
    const [nick = '', at = ''] = by.split(' ');
    return { by: loginOf(nick), at: `${at}:00Z` };
  };
  return {
    issue: (
      by: By,
      title: string,
      body: string,
      more: Optional<Omit<edits.NewIssue, keyof edits.NewComment>> = {},
    ) => edits.createIssue(workspace, name, { ...edit(by), ...more, title, body: text(body) }),
    pull: (
      by: By,
      title: string,
      body: string,
      more: Optional<edits.NewPullRequest> & Pick<edits.NewPullRequest, 'head' | 'commits' | 'files'>,
    ) => edits.createPullRequest(workspace, name, { ...edit(by), ...more, title, body: text(body) }),
    say: (by: By, number: number, body: string) =>
      edits.comment(workspace, name, number, { ...edit(by), body: text(body) }),
    review: (
      by: By,
      number: number,
      state: edits.NewReview['state'],
      body = '',
      threads: readonly edits.NewThread[] = [],
    ) =>
      edits.review(workspace, name, number, {
        ...{ ...edit(by), state, body: text(body) },
        threads: threads.map((thread) => ({ ...thread, body: text(thread.body) })),
      }).threads,
    answer: (by: By, number: number, thread: number, body: string) =>
      edits.replyInThread(workspace, name, number, { ...edit(by), thread, body: text(body) }),
    react: (number: number, content: Reaction['content'], nicks: string, id?: number) => {
      for (const nick of nicks.split(' '))
        edits.react(workspace, name, number, {
          ...{ content, by: loginOf(nick) ?? '' },
          ...(id === undefined ? {} : { id }),
        });
    },
    /** `checks`: `test:SUCCESS lint:FAILURE`. */
    commit: (by: By, message: string, checks = ''): Commit => {
      const [nick = '', at = ''] = by.split(' ');
      const committedAt = `${at}:00Z`;
      const runs = checks
        .split(' ')
        .filter(Boolean)
        .map((check) => checkOf(workspace, check, committedAt));
      return {
        ...{ oid: edits.oidOf(`${name} ${by} ${message}`), message, author: authorOf(nick), committedAt },
        ...(runs.length > 0 ? { checks: runs } : {}),
      };
    },
    discuss: (by: By, category: string, title: string, body: string, upvotes = 1) =>
      edits.createDiscussion(workspace, name, { ...edit(by), category, title, body: text(body), upvotes }),
    remark: (by: By, number: number, body: string, replyTo?: number) =>
      edits.commentDiscussion(workspace, name, number, {
        ...{ ...edit(by), body: text(body) },
        ...(replyTo === undefined ? {} : { replyTo }),
      }),
    release: (by: By, tag: string, title: string, body: string, more: Optional<edits.NewRelease> = {}) =>
      edits.publishRelease(workspace, name, { ...edit(by), ...more, tag, name: title, body: text(body) }),
    /** For any other edit: `...at('mina 2026-02-24T10:00')`. */
    at: edit,
  };
}

export type Story = ReturnType<typeof storyOf>;

function checkOf(workspace: GithubWorkspace, check: string, at: string): Check {
  const [name = '', conclusion = ''] = check.split(':');
  const id = nextId(workspace);
  if (name.includes('/')) {
    const state = conclusion as Extract<Check, { kind: 'status' }>['state'];
    return { kind: 'status', id, context: name, state, description: null, createdAt: at };
  }
  return {
    ...{ kind: 'run', id, name, status: 'COMPLETED', startedAt: at, completedAt: at },
    conclusion: conclusion as Extract<Check, { kind: 'run' }>['conclusion'],
  };
}

/** A file of a pull request: `file('src/basket.ts', 12, 3, '@@ -1 +1 @@…')`. */
export const file = (path: string, additions: number, deletions: number, patch?: string): ChangedFile => ({
  ...{ path, additions, deletions, change: deletions === 0 ? 'ADDED' : 'MODIFIED' },
  ...(patch === undefined ? {} : { patch }),
});
