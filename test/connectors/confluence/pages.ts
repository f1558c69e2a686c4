import { expect } from 'vitest';
import * as edits from '../../../src/demo/workspace/edits.ts';
import type { Workspace } from '../../../src/demo/workspace/model.ts';
import { readDocument } from '../../../src/frontmatter/read.ts';
import { type ContextOptions, startContext, type TestContext } from '../../harness/context.ts';

export const FOREVER = Number.POSITIVE_INFINITY;

export const start = (workspace: Workspace, options: ContextOptions = {}) =>
  startContext({ sources: ['confluence'], workspace, ...options });

export const idOf = (workspace: Workspace, title: string, space = 'ENG') =>
  edits.pageIdByTitle(workspace, space, title);

export const create = (
  workspace: Workspace,
  title: string,
  body: string,
  more: { space?: string; parent?: string } = {},
) => edits.createPage(workspace, { space: 'ENG', title, body, ...more });

/** A macro whose id is made from its name. */
export const macro = (name: string, parameters: Readonly<Record<string, string>> = {}, rich?: string) => {
  const given = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  const body = rich === undefined ? '' : `<ac:rich-text-body>${rich}</ac:rich-text-body>`;
  return `<ac:structured-macro ac:name="${name}" ac:macro-id="id-${name}">${given.join('')}${body}</ac:structured-macro>`;
};

/** An image of the page, or of the page that `of` names. */
export const picture = (name: string, of = '') =>
  `<p><ac:image><ri:attachment ri:filename="${name}">${of}</ri:attachment></ac:image></p>`;
/** The document at a path of the repository, read back. */
export function documentOf(context: TestContext, path: string) {
  const text = context.documents().get(path);
  const document = text === undefined ? undefined : readDocument(text);
  if (document === undefined) throw new Error(`there is no document at ${path}`);
  return document;
}

/** R3: builds, without a failure, what a build from nothing makes. */
export async function expectAsFresh(context: TestContext) {
  const { errors } = await context.build();
  expect(errors).toEqual([]);
  expect(context.documents()).toEqual(await context.fresh());
}
