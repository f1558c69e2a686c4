import { describe } from 'vitest';
import { gitSuite } from '../contract/git-suite.ts';

describe('the context repository over isomorphic-git', () => gitSuite('isomorphic-git'));
