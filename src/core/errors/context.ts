import { entry } from './entry.ts';

/** Of gathering what a prompt needs. */
export const contextErrors = {
  'context.too-slow': entry<{ source: string; seconds: number }>({
    kind: 'partial',
    message: ({ source, seconds }) => `${source}: nothing was found within ${seconds} s.`,
    hint: () => 'The other sources answered. Ask again, or give it more time (--time-limit SECONDS).',
  }),
  'context.bad-boundary': entry({
    kind: 'usage',
    message: () => 'The boundary is not 8 to 64 letters of a to z and digits.',
    hint: () => 'Make one from random bytes, such as `openssl rand -hex 8` prints.',
  }),
};
