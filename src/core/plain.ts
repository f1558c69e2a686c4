/** What YAML can hold without loss; dates are ISO 8601 strings in UTC. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };
