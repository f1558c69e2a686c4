import type { AdfNode } from '../model.ts';
import { PEOPLE, personId } from './people.ts';
import { type Block, type Inline, type Mark, type PanelKind, parseBlocks } from './prose.ts';
import { EMOJI } from './to-storage.ts';

/** Writes the notation of `prose.ts` as an ADF document. */
export function adf(source: string): AdfNode {
  return { type: 'doc', version: 1, content: parseBlocks(source).map(writeBlock) };
}

const node = (type: string, content?: readonly AdfNode[], attrs?: AdfNode['attrs']): AdfNode => ({
  type,
  ...(attrs === undefined ? {} : { attrs }),
  ...(content === undefined ? {} : { content }),
});

const PANELS: Record<Exclude<PanelKind, 'expand'>, string> = {
  info: 'info',
  note: 'warning',
  tip: 'success',
  warning: 'error',
  panel: 'note',
};

function writeBlock(block: Block): AdfNode {
  switch (block.kind) {
    case 'heading':
      return node('heading', inline(block.inlines), { level: block.level });
    case 'paragraph':
      return node('paragraph', inline(block.inlines));
    case 'list':
      return node(
        block.ordered ? 'orderedList' : 'bulletList',
        block.items.map(({ inlines, children }) =>
          node('listItem', [node('paragraph', inline(inlines)), ...children.map(writeBlock)]),
        ),
      );
    case 'tasks':
      return node('taskList', block.tasks.map(writeTask), { localId: 'tasks' });
    case 'decisions':
      return node('decisionList', block.decisions.map(writeDecision), { localId: 'decisions' });
    case 'table':
      return node(
        'table',
        block.rows.map((row, index) => writeRow(row, block.header && index === 0)),
      );
    case 'code':
      return node('codeBlock', [{ type: 'text', text: block.text }], { language: block.language || 'text' });
    case 'quote':
      return node('blockquote', block.blocks.map(writeBlock));
    case 'panel':
      return block.panel === 'expand'
        ? node('expand', block.blocks.map(writeBlock), { title: block.title })
        : node('panel', block.blocks.map(writeBlock), { panelType: PANELS[block.panel] });
    case 'rule':
      return node('rule');
    case 'raw':
      throw new Error('storage format has no place in an ADF text');
  }
}

function writeTask(
  task: { readonly done: boolean; readonly inlines: readonly Inline[] },
  index: number,
): AdfNode {
  return node('taskItem', inline(task.inlines), {
    localId: `task-${index}`,
    state: task.done ? 'DONE' : 'TODO',
  });
}

function writeDecision(inlines: readonly Inline[], index: number): AdfNode {
  return node('decisionItem', inline(inlines), { localId: `decision-${index}`, state: 'DECIDED' });
}

function writeRow(cells: readonly (readonly Inline[])[], header: boolean): AdfNode {
  const cell = (inlines: readonly Inline[]) =>
    node(header ? 'tableHeader' : 'tableCell', [node('paragraph', inline(inlines))], {});
  return node('tableRow', cells.map(cell));
}

const inline = (inlines: readonly Inline[]): AdfNode[] => inlines.map(writeInline);

const MARKS: Record<Mark, string> = { strong: 'strong', em: 'em', strike: 'strike', code: 'code' };

function writeInline(part: Inline): AdfNode {
  if (part.kind === 'break') return node('hardBreak');
  if (part.kind === 'token') return writeToken(part);
  const marks = part.marks.map((mark) => ({ type: MARKS[mark] }));
  const link = part.href === undefined ? [] : [{ type: 'link', attrs: { href: part.href } }];
  const all = [...marks, ...link];
  return { type: 'text', text: part.text, ...(all.length === 0 ? {} : { marks: all }) };
}

function writeToken({ name, args, label }: Extract<Inline, { kind: 'token' }>): AdfNode {
  const [first = '', second = ''] = args;
  switch (name) {
    case 'mention': {
      const displayName = PEOPLE.find((person) => person.nick === first)?.displayName ?? first;
      return node('mention', undefined, { id: personId(first), text: `@${displayName}`, accessLevel: '' });
    }
    case 'date':
      return node('date', undefined, { timestamp: String(Date.parse(first)) });
    case 'status':
      return node('status', undefined, {
        text: second,
        color: first.toLowerCase(),
        localId: `status-${second}`,
        style: '',
      });
    case 'emoji':
      return node('emoji', undefined, { shortName: `:${first}:`, text: EMOJI[first] ?? '' });
    case 'card':
      return node('inlineCard', undefined, { url: `@@PAGE:${first}:${second}@@` });
    case 'page': {
      const href = `@@PAGE:${first}:${second}@@`;
      return { type: 'text', text: label ?? second, marks: [{ type: 'link', attrs: { href } }] };
    }
    case 'issue':
      return node('inlineCard', undefined, { url: `@@SITE@@/browse/${first}` });
    default:
      throw new Error(`ADF texts know no token {{${name}}}`);
  }
}
