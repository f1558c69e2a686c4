import { listingFaultsSuite } from '../../contract/listing-faults-suite.ts';
import { slackFixture } from './fixture.ts';

listingFaultsSuite(slackFixture);
