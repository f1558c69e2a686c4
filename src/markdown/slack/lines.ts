import type { PhrasingContent } from 'mdast';
import { type Flow, isBlank, isPhrasing, lineBreak, type Mixed, paragraph, text } from '../nodes.ts';
import { cleanText } from '../text.ts';

/** Text that has no marks, its line ends as breaks. */
export function lines(value: string): PhrasingContent[] {
  return cleanText(value)
    .split('\n')
    .flatMap((line, index) => (index === 0 ? [text(line)] : [lineBreak(), text(line)]));
}

/** Mixed content as blocks. A blank line ends a paragraph, and a block has no line ends around it. */
export function paragraphs(nodes: Mixed): Flow[] {
  const flow: Flow[] = [];
  let open: PhrasingContent[] = [];
  let line: PhrasingContent[] = [];
  const endLine = () => {
    if (isBlank(line)) endParagraph();
    else {
      if (open.length > 0) open.push(lineBreak());
      for (const node of line) open.push(node);
    }
    line = [];
  };
  const endParagraph = () => {
    if (open.length > 0) flow.push(paragraph(open));
    open = [];
  };
  for (const node of nodes) {
    if (node.type === 'break') endLine();
    else if (isPhrasing(node)) line.push(node);
    else {
      endLine();
      endParagraph();
      flow.push(node);
    }
  }
  endLine();
  endParagraph();
  return flow;
}

/** Marks the content of each line: a mark that goes over a line's end would go on in the next paragraph. */
export function markLines(
  nodes: readonly PhrasingContent[],
  mark: (line: PhrasingContent[]) => PhrasingContent[],
): PhrasingContent[] {
  const result: PhrasingContent[] = [];
  let line: PhrasingContent[] = [];
  const flush = () => {
    for (const node of line.length > 0 ? mark(line) : []) result.push(node);
    line = [];
  };
  for (const node of nodes) {
    if (node.type !== 'break') line.push(node);
    else {
      flush();
      result.push(node);
    }
  }
  flush();
  return result;
}
