import type { WrittenPersona } from './schema.ts';

/** What a persona has of its own, whatever it extends. */
type Own = 'name' | 'description' | 'outputs' | 'extends';
export type Inherited = Omit<WrittenPersona, Own>;

/**
 * What a persona says together with what it extends. Its own words come last: goals, steps and rules are added to those of its
 * base, without those that stand there already; everything else that it says takes the place of what its base says, so that it
 * can have fewer tools, and mappings are joined key by key.
 */
export function extended(base: Inherited, own: Inherited): Inherited {
  return {
    ...base,
    ...own,
    ...joined('goals', base, own),
    ...joined('workflow', base, own),
    ...(both(base.communication, own.communication) && {
      communication: {
        ...base.communication,
        ...own.communication,
        ...joined('do', base.communication, own.communication),
        ...joined('dont', base.communication, own.communication),
      },
    }),
    ...(both(base.context, own.context) && { context: { ...base.context, ...own.context } }),
    ...(both(base.style, own.style) && { style: { ...base.style, ...own.style } }),
  };
}

const both = (a: object | undefined, b: object | undefined) => a !== undefined && b !== undefined;

function joined<K extends string>(
  key: K,
  base: { readonly [key in K]?: readonly string[] | undefined } | undefined,
  own: { readonly [key in K]?: readonly string[] | undefined } | undefined,
): { [key in K]?: string[] } {
  if (base?.[key] === undefined || own?.[key] === undefined) return {};
  return { [key]: [...new Set([...base[key], ...own[key]])] } as { [key in K]?: string[] };
}

export function inheritedOf({
  name: _name,
  description: _description,
  outputs: _outputs,
  extends: _extends,
  ...rest
}: WrittenPersona): Inherited {
  return rest;
}
