import { defineConfig } from 'vitest/config';
import quick from './vitest.config.ts';

/** The tests that take minutes: kills at every moment, real documents, memory at scale. */
export default defineConfig({
  test: {
    ...quick.test,
    include: ['test/**/*.long.test.ts'],
    exclude: [],
    // These fork git thousands of times, which costs what the memory of the process does.
    isolate: true,
    // Kills and memory are tested on a disk and with the heap that the program has.
    globalSetup: [],
    execArgv: [],
    testTimeout: 180_000,
  },
});
