import { entry } from './entry.ts';

/** Of the server that agents ask. */
export const mcpErrors = {
  'mcp.address': entry<{ port: number; reason: string }>({
    kind: 'failed',
    message: ({ port, reason }) => `No server at 127.0.0.1:${port} (${reason}).`,
    hint: ({ reason }) =>
      reason === 'EADDRINUSE'
        ? 'Another program has the port: choose another one, or leave it out to have one chosen.'
        : 'Choose a port above 1023 that is free.',
  }),
  'mcp.failed': entry({
    kind: 'failed',
    message: () => 'The server failed.',
    hint: () => 'Ask in another way; what happened is in the log of the server.',
  }),
  'mcp.weak-token': entry<{ variable: string; least: number }>({
    kind: 'usage',
    message: ({ variable, least }) =>
      `${variable} has fewer than ${least} characters, or others than a header may have.`,
    hint: () => 'Make one from random bytes, such as `openssl rand -hex 32` prints.',
  }),
};
