import { storeRelevanceSuite } from '../../contract/store-relevance-suite.ts';
import { sqliteFixture } from './sqlite-fixture.ts';

storeRelevanceSuite('in a file of SQLite', sqliteFixture, 0.999);
