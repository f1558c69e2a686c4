import { listingFaultsSuite } from '../../contract/listing-faults-suite.ts';
import { jiraFixture } from './fixture.ts';

listingFaultsSuite(jiraFixture);
