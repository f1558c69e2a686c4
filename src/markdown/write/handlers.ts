import type {
  AlignType,
  Blockquote,
  Code,
  FootnoteDefinition,
  Heading,
  Html,
  ListItem,
  Paragraph,
  PhrasingContent,
  Table,
} from 'mdast';
import { defaultHandlers, type Handle } from 'mdast-util-to-markdown';
import { markHtml } from '../links.ts';
import { joinPieces } from './escape.ts';
import { footnoteId } from './footnotes.ts';
import { type Place, toPieces } from './pieces.ts';

/**
 * What is written otherwise than mdast-util-to-markdown does: all inline content, because its escaping is made for
 * any reader and any tree, and so escapes more than GFM needs; alerts; footnotes; code, whose name of a language
 * needs no escapes; tables without padding. `footnotes` are the ids that the document defines.
 */
export function handlersFor(footnotes: ReadonlySet<string>): Record<string, Handle> {
  const inline = (children: readonly PhrasingContent[], place: Place) =>
    joinPieces(toPieces(children, place), place, footnotes);
  return {
    paragraph(node: Paragraph, parent) {
      if (parent?.type !== 'listItem' || parent.children[0] !== node)
        return inline(node.children, 'paragraph');
      const box = typeof parent.checked === 'boolean' ? `[${parent.checked ? 'x' : ' '}] ` : '';
      return box + inline(node.children, 'item');
    },
    heading(node: Heading) {
      return `${'#'.repeat(node.depth)} ${inline(node.children, 'heading')}`;
    },
    html(node: Html) {
      return markHtml(node.value);
    },
    code({ value, lang, meta }: Code) {
      const longest = Math.max(2, ...(value.match(/`+/g) ?? []).map((run) => run.length));
      const fence = '`'.repeat(longest + 1);
      const info = [lang, meta]
        .filter(Boolean)
        .join(' ')
        .replace(/\\(?=[!-/:-@[-`{-~])|&(?=#?\w+;)/g, '\\$&');
      return `${fence}${info}\n${value === '' ? '' : `${value}\n`}${fence}`;
    },
    blockquote(node: Blockquote, parent, state, info) {
      const quote = defaultHandlers.blockquote(node, parent, state, info);
      if (!node.data?.alert) return quote;
      const gap = node.children[0]?.type === 'paragraph' ? '' : '>\n';
      return `> [!${node.data.alert}]\n${gap}${quote}`;
    },
    footnoteDefinition(node: FootnoteDefinition, _, state, info) {
      const content = state.indentLines(state.containerFlow(node, info), (line, index, blank) =>
        index === 0 || blank ? line : `    ${line}`,
      );
      return `[^${footnoteId(node)}]: ${content}`;
    },
    listItem(node: ListItem, parent, state, info) {
      // The flow around keeps the index of the node it is at; to search for it takes longer for each further item.
      const index = state.indexStack.at(-1) ?? 0;
      const number = parent?.type === 'list' && parent.ordered ? (parent.start ?? 1) + index : '';
      // A list beside another one has another bullet.
      const marker = `${number}${state.bulletCurrent ?? '-'}`;
      const bullet = `${marker} `;
      const tracker = state.createTracker(info);
      tracker.move(bullet);
      tracker.shift(bullet.length);
      const exit = state.enter('listItem');
      const indent = ' '.repeat(bullet.length);
      const value = state.indentLines(state.containerFlow(node, tracker.current()), (line, at, blank) => {
        if (at > 0) return blank ? '' : indent + line;
        return blank ? marker : bullet + line;
      });
      exit();
      return value;
    },
    thematicBreak(_, parent) {
      // After a bullet `*`, asterisks would make one rule of both.
      return parent?.type === 'listItem' ? '___' : '***';
    },
    table(node: Table) {
      const rows = node.children.map((row) => row.children.map((cell) => inline(cell.children, 'cell')));
      const width = Math.max(...rows.map((row) => row.length));
      const [head = [], ...body] = rows;
      while (head.length < width) head.push('');
      const rule = head.map((_, column) => delimiter(node.align?.[column]));
      return [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
    },
  };
}

function delimiter(align: AlignType | undefined): string {
  if (align === 'center') return ':-:';
  return align === 'left' ? ':--' : align === 'right' ? '--:' : '---';
}
