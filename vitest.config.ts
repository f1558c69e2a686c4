import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Minutes in all; `npm run test:long` runs them.
    exclude: [...configDefaults.exclude, 'test/**/*.long.test.ts', 'test/install/**'],
    // Real git must behave the same on every machine: no user excludes, hooks, identities or signing.
    env: { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', NO_COLOR: '1' },
    // A process for each file would spend a third of the time with loading the same modules and warming them up.
    isolate: false,
    globalSetup: 'test/harness/in-memory.ts',
    // Node forks to start git, which costs what the pages of memory do that it has touched: 5 ms at 50 MB, 30 ms at 350 MB.
    // Left alone, a worker's heap grows to 850 MB, most of it garbage.
    execArgv: ['--max-semi-space-size=4', '--heap-growing-percent=30'],
    // On two cores there would otherwise be one, and most of what a test waits for is git.
    maxWorkers: 3,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
