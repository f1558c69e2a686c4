/** A construct of a grammar, as a text that shows it. */
export interface Example {
  /** What people call it, such as `table with merged cells`. */
  readonly construct: string;
  readonly source: string;
}
