import { faultSuite } from '../../contract/fault-suite.ts';
import { slackFixture } from './fixture.ts';

faultSuite(slackFixture, { runs: 5, config: { recent_days: 60 } });
