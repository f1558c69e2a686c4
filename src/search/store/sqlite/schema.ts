/** `ctxi`: tells `file` and us whose database it is. */
export const APPLICATION_ID = 0x63747869;

/**
 * In bytes. A vector's block is a chain of pages: with SQLite's own 4,096, a file takes a twentieth more, and a build and the first
 * question a tenth.
 */
export const PAGE_SIZE = 16_384;

/** Raised when tables, or what is written into them, differ from before: an index of another version is made anew. */
export const SCHEMA_VERSION = 1;

/**
 * Chunks are apart from their texts, so that a search that joins many of them reads few pages. The words are without content:
 * what is taken out is told by the texts, which are kept once. Vectors are in blocks: `members` says which chunk and document
 * each is of (0 and 0: none any more), `vectors` is written once and only appended to.
 */
export const SCHEMA = `
  CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    collection TEXT NOT NULL,
    blob TEXT NOT NULL,
    source TEXT NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    ancestors TEXT NOT NULL,
    url TEXT,
    keys TEXT NOT NULL,
    updated TEXT,
    author TEXT,
    moment INTEGER
  ) STRICT;
  CREATE TABLE chunk (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    block INTEGER,
    UNIQUE (document, position)
  ) STRICT;
  CREATE TABLE passage (
    id INTEGER PRIMARY KEY,
    headings TEXT NOT NULL,
    text TEXT NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    symbols TEXT,
    mentions TEXT NOT NULL
  ) STRICT;
  CREATE VIRTUAL TABLE words USING fts5(
    title, body, content = '',
    tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* M*'"
  );
  -- How many bytes of words are gathered before they are written: a build takes two thirds of the time that it does with 1 MB.
  INSERT INTO words (words, rank) VALUES ('hashsize', 16000000);
  CREATE VIRTUAL TABLE terms USING fts5vocab(words, 'row');
  CREATE TABLE name (key TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (key, document)) STRICT, WITHOUT ROWID;
  CREATE TABLE mention (key TEXT NOT NULL, chunk INTEGER NOT NULL, PRIMARY KEY (key, chunk)) STRICT, WITHOUT ROWID;
  CREATE TABLE block (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    dimensions INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    used INTEGER NOT NULL,
    members BLOB NOT NULL
  ) STRICT;
  CREATE TABLE vectors (block INTEGER PRIMARY KEY, inverses BLOB NOT NULL, numbers BLOB NOT NULL) STRICT;
  CREATE TABLE kept (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE state (only INTEGER PRIMARY KEY CHECK (only = 1), value TEXT NOT NULL) STRICT;
`;
