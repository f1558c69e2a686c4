export const DOCUMENT = "a path that it has or had, a ticket's key, an id as in its frontmatter, or a URL";
export const CONFIG = 'configuration (default: ./context.config.yaml, then ~/.config/context-sync/)';
export const REPO = 'the context repository (default: the one around this folder)';
export const STORE = 'a PostgreSQL database that holds the index (default: as configured)';
export const CURSOR = 'go on after an answer, by the cursor that --json told';
export const DATES = 'such as 2026-03-02, yesterday, monday, "2 days ago"';
