import { connectorLongSuite } from '../../contract/connector-long-suite.ts';
import { githubFixture } from './fixture.ts';

connectorLongSuite(githubFixture);
