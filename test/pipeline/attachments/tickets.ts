import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import * as edits from '../../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../../src/demo/workspace/model.ts';
import { readDocument } from '../../../src/frontmatter/read.ts';
import { type ContextOptions, startContext, type TestContext } from '../../harness/context.ts';
import { showing } from '../../harness/files.ts';
import { git } from '../../harness/git.ts';

export const FOREVER = Number.POSITIVE_INFINITY;
export const DOWNLOADS = /attachment\/content/;

/** One that the rules find. */
export const secret = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');

export const start = (options: ContextOptions = {}) => startContext({ sources: ['jira'], ...options });

export interface Attached {
  readonly name: string;
  readonly bytes: Buffer;
  readonly type?: string;
}

export function attach(
  workspace: Workspace,
  key: string,
  { name, bytes, type = 'image/png' }: Attached,
): string {
  return edits.attachToIssue(workspace, key, { filename: name, mimeType: type, bytes: () => bytes });
}

/** Attaches a file and shows it in the description. The attachment's id. */
export function show(workspace: Workspace, key: string, file: Attached): string {
  const id = attach(workspace, key, file);
  edits.editIssue(workspace, key, { description: showing(file.name) });
  return id;
}

export function pathOf(bytes: Buffer, extension = 'png', source = 'jira'): string {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return `attachments/${source}/${sha256.slice(0, 2)}/${sha256}.${extension}`;
}

export const bytesAt = (context: TestContext, path: string) =>
  git(context.path, ['cat-file', 'blob', `HEAD:${path}`]);

export const filesKept = (context: TestContext) =>
  [...context.files().keys()].filter((path) => path.startsWith('attachments/'));

export const downloads = (context: TestContext, since = 0) =>
  context.simulator.requests.slice(since).filter(({ path }) => DOWNLOADS.test(path));

export function document(context: TestContext, key: string) {
  for (const [path, text] of context.documents()) {
    const parsed = readDocument(text);
    if (parsed?.facts.key === key) return { path, text, ...parsed };
  }
  throw new Error(`no document ${key}`);
}

/** Where the document's only image leads, in the repository. */
export function imageOf(context: TestContext, key: string): string {
  const { path, body } = document(context, key);
  const [, destination = ''] = /!\[[^\]]*\]\(([^)]+)\)/.exec(body) ?? [];
  return /^https?:/.test(destination) ? destination : posix.join(posix.dirname(path), destination);
}
