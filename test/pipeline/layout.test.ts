import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Container, Placement } from '../../src/connectors/contract.ts';
import { type LayoutDocument, layOut } from '../../src/pipeline/layout.ts';
import { anyCharacter } from '../harness/any-character.ts';
import { replayed } from '../harness/replay.ts';

describe('R7 names', () => {
  test('the smallest id keeps the bare name, others carry theirs', () => {
    expect(lay(page('12', 'Plan'), page('9', 'plan!'), page('100', 'PLAN'))).toEqual({
      9: 's/ENG/plan.md',
      12: 's/ENG/plan-12.md',
      100: 's/ENG/plan-100.md',
    });
  });

  test('names that a file system may take for one are told apart', () => {
    const paths = Object.values(
      lay(
        page('1', 'straße'),
        page('2', 'STRASSE'),
        page('3', 'Ångström'),
        page('4', 'A\u030angstro\u0308m'),
        page('5', 'ﬁle'),
        page('6', 'file'),
      ),
    );
    expect(new Set(paths.map(fold)).size).toBe(6);
  });

  test.each(['Index', 'AGENTS', 'claude', 'llms', 'ReadMe', 'CON', 'nul', 'com1', 'LPT9', 'aux'])(
    '%s is reserved',
    (title) => {
      expect(lay(page('7', title))).toEqual({ 7: `s/ENG/${title.toLowerCase()}-7.md` });
    },
  );

  test('a title without letters is called by its id', () => {
    expect(lay(page('7', '🎉🎉'), page('8', '…'), page('9', ''))).toEqual({
      7: 's/ENG/7.md',
      8: 's/ENG/8.md',
      9: 's/ENG/9.md',
    });
  });

  test('long titles are cut to a name of at most 120 bytes, at a character', () => {
    const titles = [
      'a'.repeat(500),
      'ä'.repeat(500),
      '家'.repeat(500),
      '한'.repeat(500),
      'x'.repeat(91) + 'é'.repeat(9),
    ];
    const paths = Object.values(
      lay(
        ...titles.flatMap((title, index) => [
          page(`${10 ** 15 + index}`, title),
          page(`${2 * 10 ** 15 + index}`, title),
        ]),
      ),
    );
    expect(new Set(paths).size).toBe(10);
    for (const path of paths) {
      const name = path.slice(path.lastIndexOf('/') + 1);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120);
      expect(name).toBe(name.normalize('NFC').toWellFormed());
    }
  });

  test('a name with an id never takes the bare name of another', () => {
    const paths = Object.values(lay(page('1', 'a'), page('12', 'a'), page('3', 'a 12'), page('4', 'a-12')));
    expect(new Set(paths).size).toBe(4);
  });

  test('a prefix stays as it is', () => {
    const ticket: LayoutDocument = {
      id: '1',
      placement: { folder: ['MINE'], name: 'Fix: the Login', prefix: 'ACME-7', shard: 'ACME-00000' },
    };
    expect(lay(ticket)).toEqual({ 1: 's/MINE/ACME-7-fix-the-login.md' });
  });

  test('no title leads out of its folder', () => {
    for (const path of Object.values(
      lay(
        page('1', '../../etc/passwd'),
        page('2', '.git'),
        page('3', '..'),
        page('4', 'a/b\\c'),
        page('5', '-rf'),
      ),
    )) {
      expect(path).toMatch(/^s\/ENG\/[\p{L}\p{N}][\p{L}\p{N}-]*\.md$/u);
    }
  });
});

describe('R7 the tree', () => {
  test('children live in the folder of their parent, those of the home page beside it', () => {
    expect(
      lay(
        page('1', 'Home', { root: true }),
        page('2', 'Guide', { parent: '1' }),
        page('3', 'Set-up', { parent: '2' }),
      ),
    ).toEqual({
      1: 's/ENG/home.md',
      2: 's/ENG/guide.md',
      3: 's/ENG/guide/set-up.md',
    });
  });

  test('a container gives a folder without a document, and shares names with documents', () => {
    const folder: Container = { id: '5', title: 'Guide', folder: ['ENG'] };
    expect(
      layWith(
        [folder],
        page('2', 'Guide'),
        page('3', 'In the page', { parent: '2' }),
        page('6', 'In the folder', { parent: '5' }),
      ),
    ).toEqual({
      2: 's/ENG/guide.md',
      3: 's/ENG/guide/in-the-page.md',
      6: 's/ENG/guide-5/in-the-folder.md',
    });
  });

  test('a parent that is not laid out, is in another folder or in a cycle gives no folder', () => {
    expect(
      lay(
        page('1', 'Orphan', { parent: '99' }),
        page('2', 'Elsewhere', { parent: '3' }),
        { id: '3', placement: { ...page('3', 'Other').placement, folder: ['OPS'] } },
        page('4', 'Ring', { parent: '5' }),
        page('5', 'Rung', { parent: '4' }),
        page('6', 'Self', { parent: '6' }),
        page('7', 'Below the ring', { parent: '4' }),
      ),
    ).toEqual({
      1: 's/ENG/orphan.md',
      2: 's/ENG/elsewhere.md',
      3: 's/OPS/other.md',
      4: 's/ENG/ring.md',
      5: 's/ENG/rung.md',
      6: 's/ENG/self.md',
      7: 's/ENG/ring/below-the-ring.md',
    });
  });

  test('depth ends somewhere, and everything still has a path of its own', () => {
    const chain = Array.from({ length: 200 }, (_, n) =>
      page(`${n + 1}`, `Level ${n}`, n === 0 ? {} : { parent: `${n}` }),
    );
    const paths = Object.values(lay(...chain));
    expect(new Set(paths).size).toBe(200);
    expect(Math.max(...paths.map((path) => path.split('/').length))).toBeLessThanOrEqual(16);
  });

  test('a folder of more than 2,500 documents is split by their shards', () => {
    const many = Array.from({ length: 2600 }, (_, n) =>
      page(`${n + 1}`, `Page ${n}`, { shard: `2026-${String((n % 12) + 1).padStart(2, '0')}` }),
    );
    const counts = new Map<string, number>();
    for (const path of Object.values(lay(...many))) {
      const folder = path.slice(0, path.lastIndexOf('/'));
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    expect(counts.size).toBe(12);
    expect([...counts.keys()].sort()[0]).toBe('s/ENG/2026-01');
    expect(Math.max(...counts.values())).toBeLessThan(2500);
  });

  test('swapped titles swap paths', () => {
    const [before, after] = [lay(page('1', 'A'), page('2', 'B')), lay(page('1', 'B'), page('2', 'A'))];
    expect(after).toEqual({ 1: before[2], 2: before[1] });
  });
});

test('R7 the paths are a function of the set: distinct, whatever order and whatever names', () => {
  const title = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom('a', 'A', 'a-1', 'a 2', 'Index', '🎉', 'index-3', 'ß', 'ss'),
  );
  const id = fc.nat({ max: 30 }).map(String);
  const document = fc.record({
    id,
    title,
    parent: fc.option(id, { nil: undefined }),
    root: fc.boolean(),
    folder: fc.constantFrom('ENG', 'OPS'),
  });
  const sets = fc.uniqueArray(document, { selector: (each) => each.id, maxLength: 25 });
  const containers = fc.uniqueArray(
    fc.record({ id: fc.nat({ max: 9 }).map((n) => `c${n}`), title, parent: id }),
    { selector: (each) => each.id, maxLength: 5 },
  );
  fc.assert(
    fc.property(sets, containers, fc.infiniteStream(fc.nat({ max: 1000 })), (set, nodes, order) => {
      const documents = set.map((each) => ({
        id: each.id,
        placement: {
          ...page(each.id, each.title, { ...(each.parent && { parent: each.parent }), root: each.root })
            .placement,
          folder: [each.folder] as const,
        },
      }));
      const folders = nodes.map((node): Container => ({ ...node, folder: ['ENG'] }));
      const shuffle = <T>(items: readonly T[]) =>
        items
          .map((item) => ({ item, at: order.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const paths = layWith(folders, ...documents);
      expect(layWith(shuffle(folders), ...shuffle(documents))).toEqual(paths);
      expect(Object.keys(paths)).toHaveLength(documents.length);
      expect(new Set(Object.values(paths).map(fold)).size).toBe(documents.length);
    }),
    { numRuns: 100 },
  );
});

describe('R7 names from a service that means no good', () => {
  test('what no one sees makes no name, and no difference between two', () => {
    expect(
      lay(page('1', '❤️'), page('2', '\u3164\u115F'), page('3', '\u0301'), page('4', 'a\u{E0041}b')),
    ).toEqual({
      1: 's/ENG/1.md',
      2: 's/ENG/2.md',
      3: 's/ENG/3.md',
      4: 's/ENG/a-b.md',
    });
    expect(lay(page('1', 'plan'), page('2', 'pl\u034Fan'))).toEqual({
      1: 's/ENG/plan.md',
      2: 's/ENG/plan-2.md',
    });
  });

  test('folders that a file system takes for one, or for something else, are told apart', () => {
    const within = (id: string, folder: string) => ({
      ...page(id, 'Plan'),
      placement: { ...page(id, 'Plan').placement, folder: [folder] as const },
    });
    expect(
      lay(within('1', 'ENG'), within('2', 'eng'), within('3', 'CON'), within('4', '../x'), within('5', '..')),
    ).toEqual({
      1: 's/ENG/plan.md',
      2: 's/eng-2/plan.md',
      3: 's/CON-2/plan.md',
      4: 's/x/plan.md',
      5: 's/unnamed/plan.md',
    });
  });

  test('ids that are one as numbers are two', () => {
    const [one, other] = [page('1', 'Plan'), page('01', 'Plan')];
    expect(layWith([], one, other)).toEqual(layWith([], other, one));
    expect(new Set(Object.values(lay(one, other))).size).toBe(2);
  });

  test('no path leads out of the source, whatever it is made from', () => {
    const pieces = fc.constantFrom(
      ...[
        '..',
        '/',
        '\\',
        '.git',
        'CON',
        'nul',
        ' ',
        '.',
        '~',
        '~1',
        '-',
        '\0',
        '\n',
        '\u200d',
        '\ufe0f',
        '\u0301',
        '\u202e',
        '\ud800',
      ],
      ...[
        'a',
        'A',
        'ß',
        'ss',
        'É',
        'E\u0301',
        'index',
        '1',
        '家'.repeat(60),
        'x'.repeat(130),
        '❤️',
        '\u{E0041}',
        ':',
        '%2e',
      ],
    );
    const text = fc.oneof(
      fc.array(pieces, { maxLength: 5 }).map((parts) => parts.join('')),
      fc.string({ unit: anyCharacter, maxLength: 8 }),
    );
    const node = fc.record({
      id: text,
      title: text,
      parent: text,
      prefix: text,
      shard: text,
      folder: fc
        .tuple(text, fc.array(text, { maxLength: 2 }))
        .map(([top, below]) => [top, ...below] as const),
    });
    const sets = fc.uniqueArray(node, { selector: ({ id }) => id, maxLength: 20 });
    fc.assert(
      fc.property(sets, sets, (set, nodes) => {
        const ids = new Set(set.map(({ id }) => id));
        const containers = nodes.filter(({ id }) => !ids.has(id));
        const documents = set.map(({ id, title, ...placement }) => ({
          id,
          placement: { name: title, ...placement },
        }));
        const paths = [...layOut('s', documents, containers).values()];
        expect(paths).toHaveLength(documents.length);
        expect(new Set(paths.map(fold)).size).toBe(documents.length);
        for (const path of paths) {
          expect(path.isWellFormed() && path === path.normalize('NFC')).toBe(true);
          const [source, ...names] = path.split('/');
          expect(source).toBe('s');
          for (const name of names) {
            expect(name).toMatch(/^~?[\p{L}\p{N}_][\p{L}\p{N}\p{M}_-]*(\.md)?$/u);
            expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d|index|agents|claude)(\.md)?$/i);
            expect(name).not.toMatch(/\p{Default_Ignorable_Code_Point}|-(\.md)?$/u);
            expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120);
          }
        }
        expect([...layOut('s', documents.toReversed(), containers.toReversed()).values()].sort()).toEqual(
          paths.toSorted(),
        );
      }),
      replayed({ runs: 60 }),
    );
  });
});

function page(id: string, name: string, placement: Partial<Placement> = {}): LayoutDocument {
  return { id, placement: { folder: ['ENG'], name, shard: '2026-01', ...placement } };
}

function lay(...documents: LayoutDocument[]): Record<string, string> {
  return layWith([], ...documents);
}

function layWith(containers: readonly Container[], ...documents: LayoutDocument[]): Record<string, string> {
  return Object.fromEntries(layOut('s', documents, containers));
}

/** What the most forgiving file systems make of a name. */
function fold(path: string): string {
  return path.normalize('NFD').toUpperCase().toLowerCase().normalize('NFC');
}
