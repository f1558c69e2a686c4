import { listingFaultsSuite } from '../../contract/listing-faults-suite.ts';
import { githubFixture } from './fixture.ts';

listingFaultsSuite(githubFixture);
