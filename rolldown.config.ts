import { execFileSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

/**
 * Clients of whole APIs, of which we call some twenty functions, and the schemas below them in fifty languages: all of their
 * modules take longer to load, and more memory, than everything else together. They are compiled into ours, without what we
 * do not call; whatever else we need is installed beside it. What only the demo needs, `graphql`, nobody has to install.
 */
const COMPILED_IN = [
  ...['jira.js', 'confluence.js', 'zod', 'graphql', 'commander', 'stemmer'],
  // What `using` becomes.
  '@oxc-project/runtime',
];

const main = 'cli/main';

/** What `ctx search` imports when it runs. */
const SEARCH = [
  'src/cli/commands/search.ts',
  'src/cli/search-index.ts',
  'src/search/index/search-index.ts',
  'src/search/store/sqlite/open.ts',
];

export default defineConfig({
  // The program, and what `import … from 'context-sync'` offers.
  input: { [main]: 'src/cli/main.ts', index: 'src/library/index.ts' },
  platform: 'node',
  // The oldest that `engines` allows, which knows no `using`; nothing else of ours is too new for it.
  transform: { target: 'node22.19' },
  external: (id) =>
    /^[^./]/.test(id) && !COMPILED_IN.some((name) => id === name || id.startsWith(`${name}/`)),
  output: {
    dir: 'dist',
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    cleanDir: true,
    // What explains commander's sources is a third of what every command loads; what is here to be read are the sources.
    comments: { jsdoc: false },
    // A file for each set of modules that are loaded together: a millisecond goes with every file, and a search has few.
    codeSplitting: {
      groups: [
        { name: 'start', test: among(loadedWith('src/cli/program.ts')), priority: 2 },
        { name: 'search', test: among(SEARCH.flatMap(loadedWith)), priority: 1 },
      ],
    },
  },
  plugins: [withoutPrograms(), plainBuiltins(), licenses(), executable(), types()],
});

/**
 * commander can start another program for a subcommand. None of ours is one, and what starts programs takes a tenth of a
 * start.
 */
function withoutPrograms(): Plugin {
  const importing = /^import childProcess from 'node:child_process';$/m;
  return {
    name: 'without-programs',
    transform(code, id) {
      if (!/node_modules.commander.lib.command\.js$/.test(id)) return null;
      if (!importing.test(code))
        throw new Error('commander no longer imports what starts programs in this way');
      return code.replace(importing, 'const childProcess = {};');
    },
  };
}

/**
 * Modules of Node.js are asked for where `import` would make a facade of each: for that all of its properties are read, and so loaded
 * what nobody uses. It takes a fifth of the time of `ctx --help`. The entry is left as it is, since older versions read it too.
 */
function plainBuiltins(): Plugin {
  return {
    name: 'plain-builtins',
    renderChunk(code, { isEntry }) {
      if (isEntry) return null;
      return code.replace(/^import ([^"';]+) from "(node:[\w/]+)";$/gm, (_, names: string, id: string) => {
        const target = names.replace(/^\* as /, '').replaceAll(' as ', ': ');
        if (/^[\w$]+,/.test(target)) throw new Error(`${id} is imported in two ways at once`);
        return `const ${target} = process.getBuiltinModule("${id}");`;
      });
    },
  };
}

/** What is compiled in comes with its license. */
function licenses(): Plugin {
  return {
    name: 'licenses',
    generateBundle() {
      for (const name of COMPILED_IN) {
        const folder = join('node_modules', name);
        const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry)) as string;
        const source = readFileSync(join(folder, file), 'utf8');
        this.emitFile({ type: 'asset', fileName: `licenses/${name.replace('/', '-')}.txt`, source });
      }
    },
  };
}

/** npx links a clone's program once for each path, and lets the rights of the file be. */
function executable(): Plugin {
  return {
    name: 'executable',
    writeBundle({ dir = '' }) {
      chmodSync(join(dir, `${main}.js`), 0o755);
    },
  };
}

/** What programs that import the package see of its types, and no more: the rest of what the compiler tells is ours. */
function types(): Plugin {
  return {
    name: 'types',
    writeBundle({ dir = '' }) {
      const compiler = join('node_modules', 'typescript', 'bin', 'tsc');
      const folder = resolve(dir, 'types');
      const args = [compiler, '--project', 'tsconfig.types.json', '--outDir', folder];
      execFileSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
      const seen = new Set<string>();
      const see = (file: string): void => {
        if (seen.has(file)) return;
        seen.add(file);
        const named = readFileSync(file, 'utf8').matchAll(/(?:from |import\()["'](\.[^"']+)\.ts["']/g);
        for (const [, path = ''] of named) see(resolve(dirname(file), `${path}.d.ts`));
      };
      see(join(folder, 'library', 'index.d.ts'));
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        const file = join(folder, name);
        if (!seen.has(file) && statSync(file).isFile()) rmSync(file);
      }
    },
  };
}

/** A module of ours, and all that it can't be loaded without. */
function loadedWith(entry: string): string[] {
  const found = new Set<string>();
  const follow = (file: string): void => {
    if (found.has(file)) return;
    found.add(file);
    const imports = readFileSync(file, 'utf8').matchAll(
      /^(?:import|export) (?!type )[^;]*?from '(\.[^']+)';$/gm,
    );
    for (const [, path = ''] of imports) follow(resolve(dirname(file), path));
  };
  follow(resolve(entry));
  return [...found];
}

function among(files: readonly string[]): (id: string) => boolean {
  const known = new Set(files);
  return (id) => known.has(id) || /node_modules.(?:commander|stemmer|@oxc-project.runtime)./.test(id);
}
