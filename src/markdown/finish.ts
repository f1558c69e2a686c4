import type { Root } from 'mdast';
import { resolveAnchors } from './anchors.ts';
import { boundSize } from './bounds.ts';
import type { Reading } from './context.ts';
import { footnoteDefinitions } from './footnotes.ts';
import type { Reader } from './reader.ts';

/** What every reader does with its tree at the end: footnotes, links within the page, and the bound on its size. */
export function finish(root: Root, sourceLength: number, reader: Reader): Reading {
  root.children.push(...footnoteDefinitions(reader));
  resolveAnchors(root);
  const bounded = boundSize(root, sourceLength, reader);
  const { warnings, fidelity, properties } = reader;
  return { root: bounded, warnings, fidelity, properties };
}
