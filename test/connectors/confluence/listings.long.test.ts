import { listingFaultsSuite } from '../../contract/listing-faults-suite.ts';
import { confluenceFixture } from './fixture.ts';

listingFaultsSuite(confluenceFixture);
