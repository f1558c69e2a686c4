import { storeSuite } from '../../contract/store-suite.ts';
import { sqliteFixture } from './sqlite-fixture.ts';

storeSuite('in a file of SQLite', sqliteFixture);
