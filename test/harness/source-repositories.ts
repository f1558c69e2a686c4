import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sourceRepositories } from '../../src/git/sources/repositories.ts';

/** Git repositories as sources read them, with copies in a folder of the test's own, which is made when one is. */
export const repositories = sourceRepositories(join(tmpdir(), `ctx-mirrors-${process.pid}`));
