import { type Alert, alert } from '../alerts.ts';
import { type Flow, paragraph, text } from '../nodes.ts';

const ALERT = /^\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]$/i;

/** https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts */
export function alertOf([first, ...others]: Flow[]): Flow[] | undefined {
  if (first?.type !== 'paragraph') return undefined;
  const [marker, ...rest] = first.children;
  if (marker?.type !== 'text') return undefined;
  const [head = '', ...lines] = marker.value.split('\n');
  const [, type] = ALERT.exec(head.trim()) ?? [];
  const isAlone = lines.length > 0 || rest.length === 0 || rest[0]?.type === 'break';
  if (type === undefined || !isAlone) return undefined;
  const following = lines.length > 0 ? [text(lines.join('\n')), ...rest] : rest.slice(1);
  const content = following.length > 0 ? [paragraph(following), ...others] : others;
  return alert(type.toUpperCase() as Alert, content);
}
