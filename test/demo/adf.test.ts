import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { referencesOf } from '../../src/demo/confluence/references.ts';
import { storageToAdf } from '../../src/demo/confluence/storage-to-adf.ts';
import { companyWorkspace } from '../../src/demo/workspace/company.ts';
import { personId } from '../../src/demo/workspace/content/people.ts';
import { pageIdByTitle, pageOf } from '../../src/demo/workspace/edits.ts';
import { textOf } from '../../src/demo/workspace/model.ts';
import { applyMorning } from '../../src/demo/workspace/morning.ts';

const SCHEMA = new URL('../../../shared/specs/adf.schema.json', import.meta.url);
const isPresent = existsSync(SCHEMA);

function validator() {
  // The schema is draft-04, of which only its name and `id` would trouble a newer reader.
  const { $schema, id, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const validate = new Ajv({ strict: false, allErrors: false, validateFormats: false }).compile(schema);
  expect(validate({ type: 'doc', version: 1, content: [{ type: 'poem' }] })).toBe(false);
  expect(validate({ type: 'doc', version: 1, content: [{ type: 'text', text: 'loose' }] })).toBe(false);
  return validate;
}

test('every text of an issue is valid ADF', ({ skip }) => {
  skip(!isPresent, 'the ADF schema is not in ../shared/specs');
  const workspace = companyWorkspace();
  applyMorning(workspace);
  const validate = validator();
  for (const { key, description, comments } of workspace.issues.values()) {
    const texts = [description, ...comments.map(({ body }) => body)].filter((text) => text !== null);
    for (const text of texts)
      expect({ key, valid: validate(text), errors: validate.errors }).toMatchObject({ key, valid: true });
  }
});

test('every page is valid ADF when it is asked for as such', ({ skip }) => {
  skip(!isPresent, 'the ADF schema is not in ../shared/specs');
  const validate = validator();
  const workspace = companyWorkspace();
  for (const content of workspace.content.values()) {
    if (content.kind === 'folder') continue;
    const { title, body } = content.versions.at(-1) ?? { title: '', body: '' };
    const document = storageToAdf(textOf(body), referencesOf(workspace, content));
    expect({ title, valid: validate(document), errors: validate.errors }).toMatchObject({
      title,
      valid: true,
    });
  }
});

test('storage becomes the ADF of the same blocks, marks and references', () => {
  const workspace = companyWorkspace();
  const page = pageOf(workspace, pageIdByTitle(workspace, 'ENG', 'How we ship'));
  const document = JSON.stringify(
    storageToAdf(textOf(page.versions.at(-1)?.body ?? ''), referencesOf(workspace, page)),
  );
  const [file] = [...workspace.attachments.values()].filter((each) => each.pageId === page.id);
  for (const part of [
    `"type":"media","attrs":{"type":"file","id":"${file?.fileId}","collection":"contentId-${page.id}"`,
    '"type":"tableHeader"',
    '"type":"panel","attrs":{"panelType":"warning"}',
    '"type":"status","attrs":{"text":"NO FREEZE","color":"green"',
    `"type":"mention","attrs":{"id":"${personId('bruno')}","text":"@Bruno Keller"`,
    `@@SITE@@/wiki/spaces/PRODUCT/pages/${pageIdByTitle(workspace, 'PRODUCT', 'Spring sale 2026')}`,
    '"marks":[{"type":"code"}]',
    '"type":"caption"',
    '"type":"rule"',
  ]) {
    expect(document).toContain(part);
  }
});
