import { entry } from './entry.ts';

/** Of `ctx link`. */
export const linkErrors = {
  'link.no-project': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `${path} is no folder.`,
    hint: () => 'Name the folder of a project: ctx link ~/work/shop.',
  }),
  'link.bad-path': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `${JSON.stringify(path)} has a control character, which no ignore file can hold.`,
    hint: () => 'Rename the folder, or link by hand: ln -s.',
  }),
  'link.itself': entry<{ path: string }>({
    kind: 'usage',
    message: ({ path }) => `${path} is the context repository itself, or in it.`,
    hint: () => 'Name the folder of a project that is to see it.',
  }),
  'link.occupied': entry<{ path: string; target: string | null }>({
    kind: 'guard',
    message: ({ path, target }) =>
      target === null ? `${path} is there, and no link.` : `${path} is there, and leads to ${target}.`,
    hint: ({ target }) =>
      target === null
        ? 'Nothing was changed. Give the link another name: --name NAME.'
        : 'Nothing was changed. Remove it first (ctx link PROJECT --remove), or give the link another name: --name NAME.',
  }),
};
