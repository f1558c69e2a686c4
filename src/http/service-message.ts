const maxLength = 300;

/**
 * The short explanation in a JSON error answer of Jira (`errorMessages`, `errors` by field), Confluence
 * (`message`, `errors[].title` and `.detail`) or GitHub (`message`, `errors[].message`), at most 300 characters. Undefined when there is none: other
 * text of an answer is never shown, for it may be a document's.
 */
export function serviceReason(text: string): string | undefined {
  const body = parse(text);
  if (body === undefined) return undefined;
  const reason = [...strings(body.errorMessages), ...fromErrors(body.errors), ...strings(body.message)]
    .map((part) => part.replace(/[\p{C}\s]+/gu, ' ').trim())
    .filter((part) => part !== '')
    .join('; ');
  return reason === '' ? undefined : shorten(reason);
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
