import { connectorSuite } from '../../contract/connector-suite.ts';
import { slackFixture } from './fixture.ts';

connectorSuite(slackFixture);
