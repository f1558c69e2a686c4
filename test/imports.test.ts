import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = new URL('..', import.meta.url).pathname;

interface Import {
  /** From the project's root, such as `src/core/clock.ts`. */
  readonly file: string;
  /** Of ours: the file, from the project's root. Of others: the package or module, as written. */
  readonly target: string;
  readonly own: boolean;
  readonly dynamic: boolean;
  readonly typeOnly: boolean;
}

function sourceFiles(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Comments can hold examples. Strings can hold `//`, so a line comment counts only behind a space or at the start. */
function codeOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*$/gm, '$1');
}

const STATIC = /\b(?:import|export)\s+(type\s)?(?:[\w*${}\s,]+?\sfrom\s+)?'([^'\n]+)'/g;
const DYNAMIC = /\bimport\(\s*'([^'\n]+)'\s*\)/g;

function importsOf(file: string): Import[] {
  const code = codeOf(file);
  const toImport = (written: string, dynamic: boolean, typeOnly: boolean): Import => {
    const target = written.startsWith('.') ? posix.join(posix.dirname(file), written) : written;
    return { file, target, own: target.startsWith('src/'), dynamic, typeOnly };
  };
  return [
    ...Array.from(code.matchAll(STATIC), ([, type, written = '']) =>
      toImport(written, false, type !== undefined),
    ),
    ...Array.from(code.matchAll(DYNAMIC), ([, written = '']) => toImport(written, true, false)),
  ];
}

const files = sourceFiles('src');
const imports = files.flatMap(importsOf);

/** The part of the program that a file belongs to: its folder under `src`, and each connector by itself. */
function partOf(file: string): string {
  const [, folder = '', ...rest] = file.split('/');
  if (folder !== 'connectors') return folder;
  if (rest.length > 1) return `connectors/${rest[0]}`;
  return rest[0] === 'registry.ts' ? 'registry' : 'connectors';
}

const CONNECTORS = [
  ...new Set(files.map(partOf).filter((part) => part.startsWith('connectors/'))),
] as `connectors/${string}`[];

/** What each part may import of ours, beside itself. Data flows one way: nothing here points back. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  http: ['core'],
  markdown: ['core'],
  frontmatter: ['core'],
  files: ['core'],
  memory: ['core', 'markdown'],
  redact: ['core'],
  git: ['core'],
  history: ['core', 'frontmatter', 'git'],
  search: ['core', 'http', 'frontmatter', 'git'],
  // Files of this machine come by the interface in `core`.
  context: ['core', 'markdown', 'memory', 'redact', 'search'],
  // What the command line and tools of agents answer alike.
  answers: ['core', 'context', 'frontmatter', 'git', 'history', 'search'],
  mcp: ['core', 'answers', 'context', 'frontmatter', 'git', 'history', 'search'],
  // Made of files of the team; checked as the configuration is.
  personas: ['core', 'config', 'markdown', 'search'],
  // A deck is made of a clone; templates and data are checked as the configuration is; Google is reached by HTTP.
  slides: ['core', 'config', 'frontmatter', 'git', 'history', 'http', 'markdown'],
  // What the package offers to programs: the parts, put together.
  library: ['core', 'context', 'files', 'git', 'redact', 'search'],
  config: ['core'],
  schedule: ['core'],
  link: ['core', 'git'],
  demo: [],
  connectors: ['core', 'http', 'markdown'],
  ...Object.fromEntries(
    CONNECTORS.map((part) => [part, ['core', 'http', 'markdown', 'memory', 'config', 'connectors']] as const),
  ),
  registry: ['config', 'connectors', ...CONNECTORS],
  // What is set up and how it fares: it looks at every part, and only the command line asks it.
  health: [
    ...['core', 'http', 'config', 'connectors', 'registry', 'files', 'git', 'pipeline', 'search'],
    'schedule',
  ],
  'set-up': ['core', 'config', 'connectors', 'registry'],
  pipeline: ['core', 'connectors', 'frontmatter', 'git', 'markdown', 'redact'],
  cli: [
    'core',
    'http',
    'markdown',
    'config',
    'connectors',
    // Its own commands.
    'connectors/slack',
    'registry',
    'files',
    'git',
    'history',
    'pipeline',
    'redact',
    'search',
    'context',
    'answers',
    'mcp',
    'schedule',
    'link',
    'personas',
    'health',
    'set-up',
    'slides',
    'demo',
  ],
};

const shown = ({ file, target }: Import) => `${file} imports ${target}`;

describe('imports point down the data flow', () => {
  test('the scan finds imports of every form', () => {
    expect(imports.filter(({ own, dynamic }) => own && !dynamic).length).toBeGreaterThan(200);
    expect(imports.filter(({ dynamic }) => dynamic).length).toBeGreaterThan(2);
    const missing = imports.filter(({ own, target }) => own && !files.includes(target));
    expect(missing.map(shown)).toEqual([]);
    const uses = files.flatMap((file) => codeOf(file).match(/\bfrom\s+'[./@\w]/g) ?? []);
    expect(imports.filter(({ dynamic }) => !dynamic).length).toBeGreaterThanOrEqual(uses.length);
  });

  test('every part is known, and imports only what it may', () => {
    expect([...new Set(files.map(partOf))].filter((part) => !(part in MAY_IMPORT))).toEqual([]);
    const wrong = imports.filter(({ file, target, own }) => {
      const [from, to] = [partOf(file), partOf(target)];
      return own && from !== to && !MAY_IMPORT[from]?.includes(to);
    });
    expect(wrong.map(shown)).toEqual([]);
  });

  test('connectors take only types from the configuration', () => {
    const values = imports.filter(
      ({ file, target, typeOnly }) =>
        partOf(file).startsWith('connectors/') && partOf(target) === 'config' && !typeOnly,
    );
    expect(values.map(shown)).toEqual([]);
  });

  const DEMO_COMMAND = /^src\/cli\/(?:commands\/demo\.ts$|demo\/)/;

  test('R15 the demo stands apart: only its command and tests import it, and only when it runs', () => {
    const users = imports.filter(
      ({ file, target, own }) => own && !file.startsWith('src/demo/') && partOf(target) === 'demo',
    );
    const wrong = users.filter(
      ({ file, dynamic, typeOnly }) => !DEMO_COMMAND.test(file) || !(dynamic || typeOnly),
    );
    expect(wrong.map(shown)).toEqual([]);
    expect(users.some(({ dynamic }) => dynamic)).toBe(true);
    const foreign = imports.filter(
      ({ file, target, own }) =>
        file.startsWith('src/demo/') && !own && !target.startsWith('node:') && target !== 'graphql',
    );
    expect(foreign.map(shown)).toEqual([]);
  });
});

describe('the system is reached from few places', () => {
  /** Modules that only these parts, or files, may import. */
  const RESERVED: Readonly<Record<string, readonly string[]>> = {
    'node:fs': [
      ...['core', 'config', 'files', 'git', 'pipeline', 'cli'],
      ...['src/search/index/place.ts', 'src/search/index/look.ts', 'src/health/machine.ts'],
    ],
    'node:fs/promises': [
      ...['core', 'config', 'files', 'git', 'personas', 'pipeline', 'schedule', 'slides', 'link', 'cli'],
      ...['set-up', 'src/health/machine.ts'],
    ],
    // Only the command line prompts.
    '@clack/prompts': ['cli'],
    'node:child_process': [
      'git',
      'src/schedule/machine.ts',
      'src/cli/github-token.ts',
      'src/cli/build-hooks.ts',
    ],
    'node:sqlite': ['core', 'search'],
    pg: ['search'],
    stemmer: ['search'],
    'ml-matrix': ['search'],
    'web-tree-sitter': ['search'],
    'node:http': ['demo', 'mcp', 'src/cli/slides/redirect.ts'],
    'node:https': [],
    'node:net': ['demo', 'mcp', 'src/cli/slides/redirect.ts'],
    'package.json': ['core'],
    undici: ['http'],
    // Executes queries as a service does; a client needs none of it.
    graphql: ['demo'],
    '@modelcontextprotocol/server': ['mcp'],
    '@modelcontextprotocol/server/stdio': ['mcp'],
    '@modelcontextprotocol/node': ['mcp'],
    'isomorphic-git': ['git'],
    'isomorphic-git/http/node': ['git'],
    'simple-git': ['git', 'cli'],
    imapflow: ['connectors/email'],
    'postal-mime': ['connectors/email'],
    'jira.js/cloud': ['connectors/jira'],
    'confluence.js/v1': ['connectors/confluence'],
    'confluence.js/v2': ['connectors/confluence'],
    '@googleapis/drive': ['slides'],
    '@googleapis/sheets': ['slides'],
    '@googleapis/slides': ['slides'],
    'google-auth-library': ['slides'],
    // All of their modules at once.
    'jira.js': [],
    'confluence.js': [],
  };

  test('modules are imported where they belong', () => {
    const wrong = imports.filter(
      ({ file, target, own }) =>
        !own && RESERVED[target] && ![partOf(file), file].some((user) => RESERVED[target]?.includes(user)),
    );
    expect(wrong.map(shown)).toEqual([]);
  });

  test('what few commands need, and takes long to load, is loaded when it is used', () => {
    const late = (target: string) => /^(?:web-tree-sitter$|@googleapis\/|google-auth-library$)/.test(target);
    const atOnce = imports.filter(({ target, dynamic, typeOnly }) => late(target) && !dynamic && !typeOnly);
    expect(atOnce.map(shown)).toEqual([]);
    expect(imports.filter(({ target, dynamic }) => late(target) && dynamic).length).toBeGreaterThan(4);
  });

  test('connectors compute, and know nothing of the machine', () => {
    const wrong = imports.filter(
      ({ file, target }) =>
        partOf(file).startsWith('connectors/') && target.startsWith('node:') && target !== 'node:crypto',
    );
    expect(wrong.map(shown)).toEqual([]);
    expect(uses(/\bprocess\.|(?<![.#\w])fetch\(/, (file) => partOf(file).startsWith('connectors'))).toEqual(
      [],
    );
  });

  test('the environment is read by the command line, the configuration it hands it to, and git alone', () => {
    const readers = uses(/\bprocess\.env\b/, (file) => !['cli', 'git'].includes(partOf(file)));
    expect(readers).toEqual([]);
  });

  test('only the command line prints, prompts and exits', () => {
    // An address may begin like that.
    const talks = /(?<!\/)\bconsole\.|\bprocess\.(?:exit|exitCode|stdout|stderr|stdin|abort|kill)\b/;
    // Run by `npm run schema`, it is a command line itself.
    const silent = (file: string) => partOf(file) !== 'cli' && file !== 'src/config/json-schema.ts';
    expect(uses(talks, silent)).toEqual([]);
  });

  function uses(pattern: RegExp, within: (file: string) => boolean): string[] {
    return files.filter(within).flatMap((file) => {
      const found = pattern.exec(codeOf(file));
      return found ? [`${file} uses ${found[0]}`] : [];
    });
  }
});
