/** Raised whenever a reader or the writer makes other text of the same input: repositories are then rendered anew. */
export const RENDERER_VERSION = 4;
