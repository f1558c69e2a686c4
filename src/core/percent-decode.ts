/** Decodes percent-encoded text; one that is not, as a stray percent sign tells, stands for itself. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}
