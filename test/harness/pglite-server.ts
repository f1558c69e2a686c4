import { PGlite } from '@electric-sql/pglite';
import { pg_textsearch } from '@electric-sql/pglite-pg_textsearch';
import { vector } from '@electric-sql/pglite-pgvector';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const db = await PGlite.create({ extensions: { vector, pg_textsearch } });
await db.exec('create extension vector; create extension pg_textsearch');
const server = new PGLiteSocketServer({ db, port: 0, maxConnections: 100 });
await server.start();
process.on('disconnect', () => process.exit());
process.send?.(server.getServerConn());
