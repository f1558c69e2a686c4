import { crc32 } from 'node:zlib';
import { ctxError } from '../core/errors/index.ts';

/** Where the answer to a question goes on, `position` being whatever the answer counts. It is good for this question alone. */
export function cursorAt(question: unknown, position: number): string {
  return `${position}.${markOf(question)}`;
}

/** The beginning without a cursor. Fails with `answer.bad-cursor` for one of another question, or of nobody's making. */
export function positionOf(cursor: string | undefined, question: unknown): number {
  if (cursor === undefined) return 0;
  const [, position, mark] = /^(\d{1,9})\.([0-9a-f]{8})$/.exec(cursor) ?? [];
  if (position === undefined || mark !== markOf(question)) throw ctxError('answer.bad-cursor', undefined);
  return Number(position);
}

function markOf(question: unknown): string {
  return crc32(JSON.stringify(question)).toString(16).padStart(8, '0');
}
