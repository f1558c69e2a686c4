import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { sendFaulty } from './fault-answers.ts';
import type { Fault } from './faults.ts';

/** Writes an answer; a fault of the transport breaks it on the way. `@@SITE@@` becomes the site's address. */
export function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  site: string,
  fault: Fault<never> | undefined,
): void {
  if (fault?.kind === 'reset') {
    response.destroy();
    return;
  }
  response.statusCode = answer.status;
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  const { body } = answer;
  if (body === undefined) {
    response.end();
    return;
  }
  if (!response.hasHeader('content-type'))
    response.setHeader('content-type', 'application/json;charset=UTF-8');
  const bytes = bytesOf(body, site);
  if (fault !== undefined && sendFaulty(fault, response, bytes)) return;
  response.setHeader('content-length', bytes.length);
  response.end(bytes);
}

function bytesOf(body: unknown, site: string): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body).replaceAll('@@SITE@@', site));
}
