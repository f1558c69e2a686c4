import * as edits from '../../src/demo/workspace/edits.ts';
import type { AdfNode, Workspace } from '../../src/demo/workspace/model.ts';
import { emptySite, ME, mention, OTHER, paragraph, THIRD, textFile } from './small-workspace.ts';

/** Stands where someone tries to speak with the program's or the repository's own voice. */
export const FORGED = 'FORGED-LINE';

/** Names that someone may give to what is theirs, each an attempt on something. */
const HOSTILE_NAMES: readonly string[] = [
  '../../../../etc/cron.d/x',
  '..',
  '.',
  '.git',
  '.g\u200cit',
  'GIT~1',
  '.git\u200f/config',
  '.gitattributes',
  '.gitmodules',
  '.ctx/state/confluence.yaml',
  '.github/workflows/x.yml',
  'C:\\Windows\\x',
  '/etc/passwd',
  'CON',
  'com1.txt',
  'aux .',
  'name. . ',
  '-rf --no-preserve-root',
  '--upload-pack=touch x',
  `a\n${FORGED}: b`,
  `a\r\n\r\nCo-authored-by: ${FORGED} <a@b.example>`,
  `a\u2028${FORGED}\u2029${FORGED}`,
  'nul\0byte',
  'a\u001b[2J\u001b]0;owned\u0007\u009b31m',
  '\u202Egnp.exe',
  'tag\u{E0041}\u{E0042}s',
  '❤️',
  '1️⃣',
  '🎉🎉🎉',
  '\uFE0F\u{E0101}',
  '\u0301\u0301',
  `e${'\u0301'.repeat(200)}`,
  '\u3164\u115F',
  'x'.repeat(500),
  '家'.repeat(500),
  'Index',
  'index\u200b',
  'AGENTS',
  'ＣＬＡＵＤＥ',
  'GEMINI',
  'README.md',
  'straße',
  'STRASSE',
  'Å',
  'Å',
  'ﬁle',
  'file',
  'K',
  'k',
  '---',
  '---js',
  'null',
  '2026-01-01',
  '0x1F',
  '1_000',
  '012',
  '1:30',
  'yes',
  '<<',
  '&anchor *alias',
  '!!js/function "x"',
  '{{ template }} $HOME $(touch x) `touch x`',
  `"]: x\n---\n# ${FORGED}`,
  `<script>alert("${FORGED}")</script>`,
  `<!-- --><h1>${FORGED}</h1>`,
  '[x](https://evil.example/?q=) ![y](https://evil.example/y.png)',
  'https://evil.example/auto <https://evil.example>',
  `](x) # ${FORGED}`,
  '| a | b |',
  '`code` **bold** ~~gone~~ [^1]',
  '[skip ci] ***NO_CI***',
  '@/etc/passwd @AGENTS.md',
  '<!-- Written by ctx build. Changes are overwritten. -->',
];

const BODY = `<p>---</p><p>id: "1"</p><p>source: jira</p><p>---</p><p>${FORGED}</p>
<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[---js
process.exit(1)
---
$(touch executed)]]></ac:plain-text-body></ac:structured-macro>
<ac:structured-macro ac:name="ma&#27;cro&#10;${FORGED}"><ac:rich-text-body><p>x</p></ac:rich-text-body></ac:structured-macro>
<p>&lt;script&gt;alert(1)&lt;/script&gt; <a href="javascript:alert(1)">x</a></p>`;

/**
 * A site whose every text is an attempt: titles, keys, names of spaces, files, people and labels. Each hostile name is
 * a page's title, a label's, a file's and a ticket's, some are those of children, blog posts and folders.
 */
export function hostileWorkspace(names: readonly string[] = HOSTILE_NAMES): Workspace {
  const workspace = emptySite();
  edits.renameUser(workspace, ME, `Ann\n${FORGED}: <b>\u001b[31m`);
  edits.renameUser(workspace, OTHER, '---\u202E" : [x]');
  edits.renameUser(workspace, THIRD, '');
  const engineering = workspace.spaces.get('101');
  if (engineering) workspace.spaces.set('101', { ...engineering, name: `Eng\n# ${FORGED}` });
  addSpace(workspace, '103', 'eng', '../eng');
  addSpace(workspace, '104', 'CON', '');
  addSpace(workspace, '105', '~557058:a/../b', '~');
  addSpace(workspace, '106', '..', 'up');
  const top = edits.createPage(workspace, { space: 'ENG', title: 'Top', body: BODY });
  for (const [index, name] of names.entries()) {
    const page = edits.createPage(workspace, {
      space: 'ENG',
      title: name,
      body: BODY,
      by: [ME, OTHER, THIRD][index % 3] as string,
    });
    const elsewhere = ['eng', 'CON', '~557058:a/../b', '..'][index % 4] as string;
    const folder = () => edits.createFolder(workspace, { space: 'ENG', title: name, parent: top });
    const others = [
      { space: 'ENG', title: `${name} `, parent: page, body: `<p>${mention(OTHER)}</p>` },
      { space: 'ENG', title: name, kind: 'blogpost' as const, body: BODY },
      { space: elsewhere, title: name, body: BODY },
    ];
    edits.createPage(workspace, others[index % 3] ?? { space: 'ENG', title: name, body: BODY });
    if (index % 3 === 0)
      edits.createPage(workspace, { space: 'ENG', title: `below ${index}`, parent: folder(), body: BODY });
    edits.addLabel(workspace, page, name);
    edits.attachFile(workspace, top, textFile(name, `file ${index}`));
    const issue = edits.createIssue(workspace, {
      project: index % 2 ? 'SHOP' : 'OPS',
      summary: name,
      assignee: OTHER,
      labels: [name],
      components: [name],
      severity: name,
      description: hostileText(name),
    });
    edits.commentIssue(workspace, issue, { body: hostileText(name), by: OTHER });
    edits.attachToIssue(workspace, issue, {
      filename: name,
      mimeType: 'text/plain',
      bytes: () => Buffer.from(name),
    });
  }
  return workspace;
}

function addSpace(workspace: Workspace, id: string, key: string, name: string): void {
  const other = workspace.spaces.get('101');
  if (other === undefined) throw new Error('the small site has no space 101');
  workspace.spaces.set(id, { ...other, id, key, name, homepageId: '' });
  const homepageId = edits.createPage(workspace, { space: key, title: 'Home', body: BODY, parent: null });
  workspace.spaces.set(id, { ...other, id, key, name, homepageId });
}

function hostileText(name: string): AdfNode {
  return {
    type: 'doc',
    version: 1,
    content: [
      ...(paragraph('---').content ?? []),
      ...(paragraph(`source: jira`).content ?? []),
      ...(paragraph(name).content ?? []),
      {
        type: 'codeBlock',
        attrs: { language: name },
        content: [{ type: 'text', text: '---js\nprocess.exit(1)\n---' }],
      },
    ],
  };
}
