import type { SourceConfig } from '../../src/config/schema.ts';
import type { ConnectorDefinition } from '../../src/connectors/contract.ts';
import type { AnySource } from '../contract/source-context.ts';
import { recordRun } from './events.ts';
import { localContext } from './local-sources.ts';

/** Writes a file below the folder that a source reads, or takes it away. */
type Write = (name: string, content: string | null) => void;

/** A source of files whose documents are called by their names: `1.md` to `4.md` are there. */
export function namedFiles<C extends SourceConfig>(
  definition: ConnectorDefinition<C>,
  config: C,
  write: Write,
): AnySource {
  const context = localContext([config]);
  for (const n of [1, 2, 3, 4]) write(`${n}.md`, `# Number ${n}\n`);
  let edits = 0;
  return {
    ...context,
    build: ({ full = false, confirmDeletes = [] } = {}) => context.build({ full, confirmDeletes }),
    fresh: () => context.fresh(),
    record: (before) => recordRun(definition, config, before),
    edit() {
      edits += 1;
      write('1.md', `# Number 1\n\nEdit ${edits}\n`);
      return '1.md';
    },
    remove() {
      write('3.md', null);
      return '3.md';
    },
    async [Symbol.asyncDispose]() {},
  };
}
