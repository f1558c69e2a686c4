import { connectorLongSuite } from '../../contract/connector-long-suite.ts';
import { jiraFixture } from './fixture.ts';

connectorLongSuite(jiraFixture);
