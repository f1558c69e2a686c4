import type { Client } from '@modelcontextprotocol/client';
import { expect } from 'vitest';
import { stripInvisible } from '../../src/core/invisible.ts';
import type { WrittenRepository } from '../harness/written-repository.ts';
import { call } from './serving.ts';

/** A question to a tool, and the command line that asks the same. */
export type Same = readonly [tool: string, args: object, command: readonly string[]];

/** The tool answers what the command line does, but for what nobody sees. */
export async function expectSame(
  client: Client,
  repository: WrittenRepository,
  [tool, args, command]: Same,
): Promise<void> {
  const { structured, isError } = await call(client, tool, { ...args });
  expect({ isError, structured }).toEqual({ isError: false, structured: await told(repository, command) });
}

/** Either one goes on where the other one ended. */
export async function expectSamePages(
  client: Client,
  repository: WrittenRepository,
  [tool, args, command]: Same,
): Promise<void> {
  const { cursor } = (await told(repository, command)) as { cursor: string | null };
  if (cursor === null) throw new Error(`${command.join(' ')} has one page`);
  await expectSame(client, repository, [tool, { ...args, cursor }, [...command, '--cursor', cursor]]);
}

async function told(repository: WrittenRepository, command: readonly string[]): Promise<unknown> {
  return JSON.parse(JSON.stringify(await repository.json(command)), (_, value) =>
    typeof value === 'string' ? stripInvisible(value).text : value,
  );
}
