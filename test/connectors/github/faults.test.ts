import { faultSuite } from '../../contract/fault-suite.ts';
import { githubFixture } from './fixture.ts';

faultSuite(githubFixture, { runs: 1, config: { repositories: ['fernhollow/*'] } });
