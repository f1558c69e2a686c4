/** Text without the credentials that URLs in it may carry. */
export function withoutCredentials(text: string): string {
  return text.replaceAll(/([a-z][a-z0-9+.-]*:\/\/)[^\s/]+@/gi, '$1');
}

/** The error as a cause, unless it or the remote that it is about holds credentials: then none. */
export function harmlessCause(error: unknown, remote: string): unknown {
  const said = `${remote} ${messageOf(error)}`;
  return withoutCredentials(said) === said ? error : undefined;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
