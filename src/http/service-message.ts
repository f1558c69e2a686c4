const maxLength = 300;

/**
 * The short explanation in a JSON error answer of Jira (`errorMessages`, `errors` by field), Confluence
 * (`message`, `errors[].title` and `.detail`), GitHub (`message`, `errors[].message`) or Google (`error.message`), at most 300
 * characters. Undefined when there is none: other
 * text of an answer is never shown, for it may be a document's.
 */
export function serviceReason(text: string): string | undefined {
  const body = parse(text);
  if (body === undefined) return undefined;
  const reason = [
    ...strings(body.errorMessages),
    ...fromErrors(body.errors),
    ...strings(body.message),
    ...strings(asObject(body.error)?.message),
  ]
    .map((part) => part.replace(/[\p{C}\s]+/gu, ' ').trim())
    .filter((part) => part !== '')
    .join('; ');
  return reason === '' ? undefined : shorten(reason);
}

/**
 * The word that Google has for why it refuses (`error.errors[].reason`, `error.details[].reason`, `error.status`), such as
 * `rateLimitExceeded`: https://developers.google.com/workspace/drive/api/guides/handle-errors
 */
export function serviceWord(text: string): string | undefined {
  const error = asObject(parse(text)?.error);
  const listed = [error?.errors, error?.details].flatMap((list) => (Array.isArray(list) ? list : []));
  const words = [...listed.map((entry) => asObject(entry)?.reason), error?.status];
  return words.find((word): word is string => typeof word === 'string' && /^\w{1,64}$/.test(word));
}

/** The gateway answers 401 for a valid token without the scope too, and says so only in its text. */
export function isMissingScope(text: string): boolean {
  return /scope does not match/i.test(text);
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function fromErrors(errors: unknown): string[] {
  if (!Array.isArray(errors)) {
    return Object.entries(asObject(errors) ?? {}).flatMap(([field, problem]) =>
      strings(problem).map((part) => `${field}: ${part}`),
    );
  }
  return errors.flatMap((error) => {
    const { title, detail, message } = asObject(error) ?? {};
    return [[...strings(title), ...strings(detail), ...strings(message)].join(': ')];
  });
}

function strings(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((part) => typeof part === 'string');
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= maxLength ? text : `${characters.slice(0, maxLength - 1).join('')}…`;
}
