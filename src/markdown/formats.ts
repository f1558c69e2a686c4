/** The grammars that texts are read from. */
export const FORMATS = ['storage', 'adf', 'wiki', 'html', 'slack', 'github'] as const;
export type Format = (typeof FORMATS)[number];
