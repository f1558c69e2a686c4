import { defineConfig } from 'vitest/config';
import long from './vitest.long.config.ts';

/** What installs the program anew, from a registry and into folders of its own: a minute each, and most of that npm’s. */
export default defineConfig({
  test: { ...long.test, include: ['test/install/*.test.ts'], maxWorkers: 1, testTimeout: 600_000 },
});
