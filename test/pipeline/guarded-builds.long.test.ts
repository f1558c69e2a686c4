import { describe, expect, test } from 'vitest';
import { reportProblems } from '../../src/cli/commands/build.ts';
import { exitCodeOfRun } from '../../src/cli/exit-codes.ts';
import type { Output } from '../../src/cli/output.ts';
import * as edits from '../../src/demo/workspace/edits.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { reportOf, startContext, type TestContext } from '../harness/context.ts';
import { paragraph } from '../harness/small-workspace.ts';

const PASSWORD = ['hunter2', 'Battery'].join('-');
const TOKEN = ['ghp', 'aB3dE5gH7jK9mN1pQaB3dE5gH7jK9mN1pQaB'].join('_');
const PAGE = 'confluence/ENG/access.md';

/** Refuses every text that holds the word. */
const refusing = (word: string) =>
  createRedactor({
    rules: [
      (text) => {
        if (text.includes(word)) throw new RangeError(`cannot scan ${text}`);
        return [];
      },
    ],
  });

async function start(body = `<p>password: ${PASSWORD}</p>`): Promise<{ context: TestContext; page: string }> {
  const context = await startContext();
  const page = edits.createPage(context.workspace, { space: 'ENG', title: 'Access', body });
  return { context, page };
}

describe('R5 a document that cannot be scanned', () => {
  test('is not written when new and keeps its last version when known, and the run says so', async () => {
    const started = await start('<p>First.</p>');
    await using context = started.context;
    await context.build();
    const before = context.documents();
    edits.editPage(context.workspace, started.page, { body: `<p>Tripwire ${PASSWORD}</p>` });
    edits.createIssue(context.workspace, {
      project: 'SHOP',
      summary: 'New',
      description: paragraph('Tripwire'),
    });
    const result = await context.build({ redactor: refusing('Tripwire') });
    expect(context.documents()).toEqual(before);
    expect(result.errors.map(({ code }) => code)).toEqual(['pipeline.scan-failed', 'pipeline.scan-failed']);
    expect(result.errors.map(({ message }) => message)).toEqual([
      `confluence/ENG/${started.page} could not be searched for secrets: RangeError.`,
      expect.stringMatching(/^jira\/WATCHING\/SHOP-\d+ could not be searched for secrets: RangeError\.$/),
    ]);
    expect(exitCodeOfRun(result.errors, true)).toBe(4);
    for (const source of ['confluence', 'jira'])
      expect(reportOf(result, source)).toMatchObject({ status: 'partial', failed: 1 });
    const everything = [...context.files()].flat().join('\n') + context.git('log', '--format=%B');
    expect(everything).not.toMatch(/Tripwire/);
    await context.build();
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('is read anew by the next run, although its source has no news of it', async () => {
    const started = await start('<p>Tripwire</p>');
    await using context = started.context;
    const key = edits.createIssue(context.workspace, {
      project: 'SHOP',
      summary: 'Access',
      description: paragraph(`Tripwire password: ${PASSWORD}`),
    });
    const allow = [{ rule: 'password' as const, path: '**' }];
    await context.build({ allow });
    const ticket = () => [...context.documents()].find(([path]) => path.includes(key))?.[1] ?? '';
    expect(ticket()).toContain(PASSWORD);
    // The allow-list is gone, so that everything is rendered anew; these two are not.
    const result = await context.build({ redactor: refusing('Tripwire') });
    expect(result.errors).toHaveLength(2);
    expect(ticket()).toContain(PASSWORD);
    const again = await context.build();
    expect(again.errors).toEqual([]);
    expect(ticket()).toContain('[redacted:password]');
    expect(context.documents()).toEqual(await context.fresh());
    const count = context.requestCount();
    expect((await context.build()).report.commit).toBeNull();
    expect(context.bodyRequestsSince(count)).toEqual([]);
  });
});

describe('R5 the report', () => {
  test('names the documents and the kinds, each secret once, and never the secret', async () => {
    const started = await start(`<p>Use ${TOKEN}.</p><p>Again: ${TOKEN}, password: ${PASSWORD}</p>`);
    await using context = started.context;
    edits.retitlePage(context.workspace, started.page, `Access ${TOKEN}`);
    const result = await context.build();
    expect(reportOf(result, 'confluence')).toMatchObject({
      redacted: 2,
      redactions: { 'github-token': 1, password: 1 },
      allowed: 0,
      guarded: [
        {
          path: 'confluence/ENG/access-redacted-github-token.md',
          redacted: { 'github-token': 1, password: 1 },
          allowed: {},
          invisible: 0,
        },
      ],
    });
    expect(reportOf(result, 'jira')).toMatchObject({ redacted: 0, redactions: {}, guarded: [] });
    expect(JSON.stringify(result.report)).not.toMatch(new RegExp(`${TOKEN}|${PASSWORD}`));
    const lines: string[] = [];
    reportProblems(result, {
      warn: (line: string) => lines.push(line),
      info() {},
      error() {},
    } as unknown as Output);
    expect(lines).toEqual([
      'confluence/ENG/access-redacted-github-token.md: 1 github-token, 1 password redacted; the source still shows them: rotate them there',
    ]);
  });

  test('quotes no secret out of the name of a macro that is not known', async () => {
    const macro = `<ac:structured-macro ac:name="${TOKEN}"><ac:parameter ac:name="k">v</ac:parameter></ac:structured-macro>`;
    await using context = (await start(`<p>x</p>${macro}`)).context;
    const { report, warnings } = await context.build();
    expect(warnings.flatMap(({ constructs }) => constructs)).toEqual(['macro:[redacted:github-token]']);
    expect(JSON.stringify([report, context.lines])).not.toContain(TOKEN);
  });

  test('counts what stands in keys of page properties alone', async () => {
    const table = `<table><tbody><tr><th><p>${TOKEN}</p></th><td><p>the key</p></td></tr></tbody></table>`;
    const body = `<ac:structured-macro ac:name="details"><ac:rich-text-body>${table}</ac:rich-text-body></ac:structured-macro>`;
    await using context = (await start(body)).context;
    const result = await context.build();
    expect(context.documents().get(PAGE)).toContain('[redacted:github-token]');
    expect([...context.files()].flat().join('\n')).not.toContain(TOKEN);
    expect(reportOf(result, 'confluence').redactions).toEqual({ 'github-token': 1 });
  });
});

describe('the allow-list', () => {
  test('R3 lets findings stay where it says, by incremental builds as by a full one', async () => {
    await using context = (await start()).context;
    edits.createPage(context.workspace, {
      space: 'OPS',
      title: 'Access',
      body: `<p>password: ${PASSWORD}</p>`,
    });
    await context.build();
    const allow = [{ rule: 'password' as const, path: 'confluence/ENG/**' }];
    const result = await context.build({ allow });
    expect(context.documents().get(PAGE)).toContain(`password: ${PASSWORD}`);
    expect(context.documents().get('confluence/OPS/access.md')).toContain('password: [redacted:password]');
    expect(reportOf(result, 'confluence')).toMatchObject({ redacted: 1, allowed: 1 });
    expect(context.documents()).toEqual(await context.fresh({ allow }));
    await context.build();
    expect(context.documents().get(PAGE)).toContain('password: [redacted:password]');
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('follows a page that moves to another space', async () => {
    const started = await start();
    await using context = started.context;
    const allow = [{ rule: 'password' as const, path: 'confluence/ENG/*' }];
    await context.build({ allow });
    edits.movePage(context.workspace, started.page, { parent: null, space: 'OPS' });
    await context.build({ allow });
    expect(context.documents().get('confluence/OPS/access.md')).toContain('password: [redacted:password]');
    expect(context.documents()).toEqual(await context.fresh({ allow }));
  });
});

describe('invisible characters', () => {
  test('reach no path, title, label, name, text or code, are counted, and cost no second reading', async () => {
    const started = await start(
      '<p>Read\u200B <strong>\u2060this</strong>: \u{E0069}\u{E0067}</p><ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[if (a\u202E) {\u2066}]]></ac:plain-text-body></ac:structured-macro>',
    );
    await using context = started.context;
    const { workspace } = context;
    edits.retitlePage(workspace, started.page, 'Acc\u200Bess\u200E');
    edits.addLabel(workspace, started.page, 'on\u00ADcall');
    edits.createPage(workspace, {
      space: 'ENG',
      title: 'Linking',
      body: '<p><ac:link><ri:page ri:content-title="Acc\u200Bess\u200E" ri:space-key="ENG" /></ac:link></p>',
    });
    const result = await context.build();
    const text = context.documents().get(PAGE) ?? '';
    expect(text).toContain('\ntitle: Access\n');
    expect(text).toContain('oncall');
    expect(text).toContain('Read **this**:');
    expect(text).toContain('if (a) {}');
    expect(context.documents().get('confluence/ENG/linking.md')).toContain('[Access](access.md)');
    const everything = [...context.documents().values()].join('\n') + context.git('log', '--format=%B');
    expect(everything).not.toMatch(/[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\u{E0000}-\u{E007F}]/u);
    expect(reportOf(result, 'confluence').invisible).toBeGreaterThan(8);
    expect(reportOf(result, 'confluence').guarded.map(({ path }) => path)).toContain(PAGE);
    const count = context.requestCount();
    expect((await context.build()).report.commit).toBeNull();
    expect(context.bodyRequestsSince(count)).toEqual([]);
    expect(context.documents()).toEqual(await context.fresh());
  });

  test('do not hide a secret', async () => {
    await using context = (await start(`<p>Use ${TOKEN.slice(0, 20)}\u200B${TOKEN.slice(20)}.</p>`)).context;
    await context.build();
    expect(context.documents().get(PAGE)).toContain('Use [redacted:github-token].');
  });
});
