import { connectorSuite } from '../../contract/connector-suite.ts';
import { githubFixture } from './fixture.ts';

connectorSuite(githubFixture);
