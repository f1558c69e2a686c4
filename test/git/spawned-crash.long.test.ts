import { describe } from 'vitest';
import { gitCrashSuite } from '../contract/git-crash-suite.ts';

describe('crashes over git', () => gitCrashSuite('git'));
