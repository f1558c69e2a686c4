import { connectorLongSuite } from '../../contract/connector-long-suite.ts';
import { confluenceFixture } from './fixture.ts';

connectorLongSuite(confluenceFixture);
