import { configDefaults, defineConfig } from 'vitest/config';

/** What holds for all tests, the long ones too, where they don't say otherwise. */
export const settings = {
  // Real git must behave the same on every machine: no user excludes, hooks, identities or signing.
  env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', NO_COLOR: '1' },
  // On two cores there would otherwise be one, and most of what a test waits for is git.
  maxWorkers: 3,
  hookTimeout: 30_000,
};

/** The tests that start programs all the time, most of them git. */
const STARTING =
  'test/{actions,answers,cli,connectors,context,docs,e2e,faults,git,health,history,link,mcp,pipeline,schedule,search/index,set-up}/**/*.test.ts';

export default defineConfig({
  test: {
    ...settings,
    // Minutes in all; `npm run test:long` runs them.
    exclude: [...configDefaults.exclude, 'test/**/*.long.test.ts', 'test/install/**'],
    // A process for each file would spend a third of the time with loading the same modules and warming them up.
    isolate: false,
    globalSetup: 'test/harness/in-memory.ts',
    testTimeout: 30_000,
    // Node forks to start git, which costs what the pages of memory do that it has touched: 5 ms at 50 MB, 30 ms at 350 MB.
    projects: [
      {
        extends: true,
        // Left alone, a worker's heap grows to 850 MB, most of it garbage.
        test: {
          name: 'starting',
          include: [STARTING],
          execArgv: ['--max-semi-space-size=4', '--heap-growing-percent=30'],
        },
      },
      // In workers of their own, with the heap that Node gives: collecting garbage that early takes a fifth of the time.
      { extends: true, test: { name: 'thinking', include: ['test/**/*.test.ts'], exclude: [STARTING] } },
    ],
  },
});
