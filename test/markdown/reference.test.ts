import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readExample, SECTIONS } from '../../src/markdown/reference/page.ts';

const SCHEMA = join(import.meta.dirname, '../../../shared/specs/adf.schema.json');
const present = existsSync(SCHEMA);
if (!present) process.stderr.write(`skipped: no ADF schema at ${SCHEMA}\n`);

const examples = SECTIONS.flatMap(({ format, examples }) =>
  examples.map(({ construct, source }) => ({ format, construct, source })),
);

describe('the reference of constructs', () => {
  it.each(examples.filter(({ construct }) => !construct.startsWith('unknown ')))(
    'shows $construct ($format) by an example that is known',
    ({ format, source }) => {
      const unknown = readExample(format, source).warnings.filter(({ construct }) =>
        /^(?:element|adf|mark):/.test(construct),
      );
      expect(unknown.filter(({ construct }) => construct !== 'adf:syncBlock')).toEqual([]);
    },
  );

  it.skipIf(!present)('shows every node and mark of the Atlassian Document Format', () => {
    const { definitions } = JSON.parse(readFileSync(SCHEMA, 'utf8')) as {
      definitions: Record<string, { properties?: { type?: { enum?: string[] } } }>;
    };
    const types = new Set(
      Object.values(definitions).flatMap(({ properties }) => properties?.type?.enum ?? []),
    );
    const shown = SECTIONS.filter(({ format }) => format === 'adf').flatMap(({ examples }) =>
      examples.flatMap(({ source }) => [...source.matchAll(/"type":"(\w+)"/g)].map(([, type]) => type)),
    );
    expect([...types].filter((type) => !shown.includes(type))).toEqual([]);
  });
});
