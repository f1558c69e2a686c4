import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';

/**
 * Clients of whole APIs, of which we call some twenty functions, and the schemas below them in fifty languages: all of their
 * modules take longer to load, and more memory, than everything else together. They are compiled into ours, without what we
 * do not call; whatever else we need is installed beside it. What only the demo needs, `graphql`, nobody has to install.
 */
const COMPILED_IN = ['jira.js', 'confluence.js', 'zod', 'graphql'];

const main = 'cli/main.js';

export default defineConfig({
  input: 'src/cli/main.ts',
  platform: 'node',
  external: (id) =>
    /^[^./]/.test(id) && !COMPILED_IN.some((name) => id === name || id.startsWith(`${name}/`)),
  output: { dir: 'dist', entryFileNames: main, chunkFileNames: '[name]-[hash].js', cleanDir: true },
  plugins: [licenses(), executable()],
});

/** What is compiled in comes with its license. */
function licenses(): Plugin {
  return {
    name: 'licenses',
    generateBundle() {
      for (const name of COMPILED_IN) {
        const source = readFileSync(join('node_modules', name, 'LICENSE'), 'utf8');
        this.emitFile({ type: 'asset', fileName: `licenses/${name}.txt`, source });
      }
    },
  };
}

/** npx links a clone's program once for each path, and lets the rights of the file be. */
function executable(): Plugin {
  return {
    name: 'executable',
    writeBundle({ dir = '' }) {
      chmodSync(join(dir, main), 0o755);
    },
  };
}
