import type { PhrasingContent, RootContent } from 'mdast';
import { inlineCode, isPhrasing, link, type Mixed, text, toPhrasing } from './nodes.ts';

/**
 * Puts a mark around mixed content: around each run of inline nodes, and inside blocks, which a mark can not
 * hold, around the text of each.
 */
export function markMixed(
  nodes: readonly RootContent[],
  mark: (run: PhrasingContent[]) => PhrasingContent[],
): Mixed {
  const result: Mixed = [];
  let run: PhrasingContent[] = [];
  const flush = () => {
    for (const node of run.length > 0 ? mark(run) : []) result.push(node);
    run = [];
  };
  for (const node of nodes) {
    if (isPhrasing(node)) {
      run.push(node);
      continue;
    }
    flush();
    result.push(markBlock(node, mark));
  }
  flush();
  return result;
}

function markBlock(node: RootContent, mark: (run: PhrasingContent[]) => PhrasingContent[]): RootContent {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
    case 'tableCell':
      return node.children.length === 0 ? node : { ...node, children: mark(node.children) };
    case 'blockquote':
    case 'listItem':
      return { ...node, children: markMixed(node.children, mark) as typeof node.children };
    case 'table':
    case 'tableRow':
      return { ...node, children: markMixed(node.children, mark) } as typeof node;
    case 'list':
      return { ...node, children: markMixed(node.children, mark) as typeof node.children };
    default:
      return node;
  }
}

/** The nodes with neighbouring texts as one, joined in linear time however many they are. */
export function joinTexts(nodes: readonly RootContent[]): Mixed {
  const result: Mixed = [];
  let run: string[] = [];
  const flush = () => {
    if (run.length > 0) result.push(text(run.join('')));
    run = [];
  };
  for (const node of nodes) {
    if (node.type === 'text') {
      run.push(node.value);
      continue;
    }
    flush();
    result.push(node);
  }
  flush();
  return result;
}

/** Inline nodes as code: their text, with links and images kept around it. */
export function toCode(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  addCode(nodes);
  return result;

  function addCode(children: readonly PhrasingContent[]): void {
    for (const node of children) {
      if (node.type === 'text' || node.type === 'inlineCode') {
        const last = result.at(-1);
        if (last?.type === 'inlineCode') last.value += node.value;
        else result.push(inlineCode(node.value));
      } else if (node.type === 'link') {
        result.push({ ...node, children: toCode(node.children) });
      } else if ('children' in node) {
        addCode(node.children as PhrasingContent[]);
      } else if (node.type !== 'html') {
        result.push(node);
      }
    }
  }
}

/** A link around mixed content; its text is `name` if the content shows nothing. */
export function linkTo(url: string, content: Mixed, name: string): Mixed {
  const shown = toPhrasing(content).some((node) => node.type !== 'text' || node.value.trim() !== '');
  const held = content.some((node) => node.type === 'html' && !isPhrasing(node));
  return shown || held ? markMixed(content, (run) => [link(url, run)]) : [link(url, [text(name)])];
}
