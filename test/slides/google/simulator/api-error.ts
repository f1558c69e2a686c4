/** A refusal, as Google words it. */
export class ApiError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }

  get body(): unknown {
    // Where tokens are given the answers are OAuth's.
    if (this.reason === 'invalid_grant') return { error: this.reason, error_description: this.message };
    const { status: code, reason, message } = this;
    return { error: { code, message, errors: [{ domain: 'global', reason, message }], status: reason } };
  }
}
