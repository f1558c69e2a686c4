import type { ObjectFormat } from './engine.ts';

/** The id of the tree without a file, which every repository knows. */
const EMPTY_TREES: Readonly<Record<ObjectFormat, string>> = {
  sha1: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
  sha256: '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321',
};

export function emptyTree(format: ObjectFormat): string {
  return EMPTY_TREES[format];
}
