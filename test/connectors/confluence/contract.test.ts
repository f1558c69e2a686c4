import { connectorSuite } from '../../contract/connector-suite.ts';
import { confluenceFixture } from './fixture.ts';

connectorSuite(confluenceFixture);
