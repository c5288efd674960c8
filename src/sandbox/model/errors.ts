const statusOf = {
  validation_error: 400,
  invalid_cursor: 400,
  unauthorized: 401,
  forbidden: 403,
  insufficient_scope: 403,
  read_only_company: 403,
  not_found: 404,
  company_not_found: 404,
  project_not_found: 404,
  column_not_found: 404,
  ticket_not_found: 404,
  user_not_found: 404,
  asset_not_found: 404,
  token_not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  rate_limited: 429,
  internal_error: 500,
  /** The file is locked, or gone. */
  unavailable: 503,
  disk_full: 507,
} as const;

export type ErrorCode = keyof typeof statusOf;

/** A refusal that the caller gets to see: `{error: {code, message, details?}}` under the code's HTTP status. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly headers: Record<string, string>;

  constructor(
    code: ErrorCode,
    message: string,
    details?: Record<string, unknown>,
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.code = code;
    this.details = details;
    this.headers = headers;
  }

  get status(): number {
    return statusOf[this.code];
  }

  toJSON(): { error: { code: ErrorCode; message: string; details?: Record<string, unknown> } } {
    return {
      error: { code: this.code, message: this.message, ...(this.details && { details: this.details }) },
    };
  }
}

/** Why a sandbox can't start or a command can't run: one sentence for the person at the terminal. */
export class SandboxError extends Error {}
