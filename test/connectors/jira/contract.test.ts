import { connectorSuite } from '../../contract/connector-suite.ts';
import { jiraFixture } from './fixture.ts';

connectorSuite(jiraFixture);
