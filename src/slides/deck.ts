/**
 * A deck as it is to be: every value resolved, every repetition told. What a target writes depends on this and on the
 * template, and on nothing else.
 */
export interface Deck {
  readonly title: string;
  readonly slides: readonly Slide[];
}

export interface Slide {
  /** Name of a layout of the template. */
  readonly layout: string;
  /** Text of each `{{name}}`. A line break begins a paragraph; each tab before one is a level of its list. */
  readonly vars: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, Table>>;
  readonly charts: Readonly<Record<string, Chart>>;
  readonly images: Readonly<Record<string, Image>>;
  readonly notes: string | null;
}

/** Every row has as many cells as the header. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export const CHART_KINDS = ['bar', 'column', 'line', 'pie'] as const;

/** Every series has as many values as there are categories; null is a gap. */
export interface Chart {
  readonly kind: (typeof CHART_KINDS)[number];
  readonly categories: readonly string[];
  readonly series: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
}

export interface Image {
  /** Absolute, of a PNG or JPEG that exists. */
  readonly path: string;
  readonly alt: string;
}

/** What a target answers. */
export interface Written {
  readonly slides: number;
  /** A file or an address. */
  readonly location: string;
}
