import { defineConfig } from 'vitest/config';
import { settings } from './vitest.config.ts';

/**
 * The tests that take minutes: kills at every moment, real documents, memory at scale. They run on a disk and with the heap
 * that the program has, and each file in a process of its own: they fork git thousands of times, which costs what the memory
 * of the process does.
 */
export default defineConfig({
  test: {
    ...settings,
    include: ['test/**/*.long.test.ts'],
    testTimeout: 180_000,
  },
});
