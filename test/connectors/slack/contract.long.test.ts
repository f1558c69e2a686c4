import { connectorLongSuite } from '../../contract/connector-long-suite.ts';
import { slackFixture } from './fixture.ts';

connectorLongSuite(slackFixture);
