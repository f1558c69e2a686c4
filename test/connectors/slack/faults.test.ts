import { faultSuite } from '../../contract/fault-suite.ts';
import { slackFixture } from './fixture.ts';

faultSuite(slackFixture, { runs: 3, config: { recent_days: 60 } });
