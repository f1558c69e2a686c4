import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importsIn, readImports } from '../../src/memory/imports.ts';
import { describeGraph, readKnowledgeGraph } from '../../src/memory/knowledge-graph.ts';

describe('imports', () => {
  test('are paths after an at sign, but not in code, and no people or addresses', () => {
    expect(
      importsIn(
        'See @README for it, @docs/a.md.\n(@./b.md) @../c.md, @~/.claude/d.md @someone ada@b.test @e.md!\n`@f.md` ``@g.md``\n\n```\n@h.md\n```\n~~~\n@i.md\n',
      ),
    ).toEqual(['docs/a.md', './b.md', '../c.md', '~/.claude/d.md', 'e.md']);
  });

  test('are followed at most five deep, each once, whatever circles they make', async () => {
    const texts: Record<string, string> = {};
    for (let n = 0; n < 10; n++) texts[`${n}.md`] = `@${n + 1}.md @0.md @${n}.md`;
    const read = async (written: string) => {
      const text = texts[written];
      return text === undefined ? undefined : { path: written, text };
    };
    const found = await readImports('@1.md', { path: 'CLAUDE.md', read });
    expect(found.map(({ path, from }) => `${from} ${path}`)).toEqual([
      'CLAUDE.md 1.md',
      '1.md 2.md',
      '2.md 3.md',
      '3.md 4.md',
      '4.md 5.md',
      '4.md 0.md',
    ]);
  });

  test('cost time in proportion to the text', () => {
    for (const text of [
      '`'.repeat(100_000),
      '@'.repeat(100_000),
      '@a'.repeat(20_000),
      '` '.repeat(50_000),
      '```\n'.repeat(20_000),
    ]) {
      const started = performance.now();
      importsIn(text);
      expect(performance.now() - started, text.slice(0, 4)).toBeLessThan(10_000);
    }
  });
});

describe('the knowledge graph', () => {
  test('is none in other lines, and counts what it can’t read', () => {
    expect(readKnowledgeGraph('')).toBeUndefined();
    expect(readKnowledgeGraph('{"type":"user"}\n[1]\nnull\n"x"\n{')).toBeUndefined();
    expect(readKnowledgeGraph('{"type":"entity","name":"A"}\n{"type":"relation","from":"A"}\n')).toEqual({
      entities: [{ name: 'A', entityType: '', observations: [] }],
      relations: [],
      unread: 1,
    });
  });

  test('shows all that is in it', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/);
    const entity = fc.record({
      name: word,
      entityType: word,
      observations: fc.array(word, { maxLength: 3 }),
    });
    const relation = fc.record({ from: word, to: word, relationType: word });
    fc.assert(
      fc.property(fc.array(entity, { minLength: 1 }), fc.array(relation), (entities, relations) => {
        const lines = [
          ...entities.map((each) => JSON.stringify({ type: 'entity', ...each })),
          ...relations.map((each) => JSON.stringify({ type: 'relation', ...each })),
        ];
        const graph = readKnowledgeGraph(lines.join('\n'));
        expect(graph).toEqual({ entities, relations, unread: 0 });
        const shown = JSON.stringify(graph && describeGraph(graph));
        for (const { name, observations } of entities)
          for (const each of [name, ...observations]) expect(shown).toContain(`"${each}"`);
        expect(shown.split('→').length - 1).toBe(relations.length);
      }),
    );
  });
});
