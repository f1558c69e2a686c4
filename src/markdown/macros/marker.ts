import { label, type Mixed } from '../nodes.ts';

/** Visible text in place of content that only its service could show. */
export function marker(what: string): Mixed[number] {
  return label(`[${what}]`);
}
