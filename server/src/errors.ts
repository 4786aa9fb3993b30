/**
 * The one error type that features throw, and the table from its code to an HTTP status.
 * A door turns it into its own envelope; anything else that is thrown becomes `internal_error` and shows no message.
 */

/** code → HTTP status. `docs/errors.md` lists the same codes with what to change. */
export const ERROR_STATUS = {
  bad_request: 400,
  malformed_json: 400,
  conflicting_credentials: 400,
  credential_in_url: 400,
  unauthorized: 401,
  invalid_token: 401,
  token_expired: 401,
  invalid_api_key: 401,
  api_key_revoked: 401,
  api_key_expired: 401,
  forbidden: 403,
  insufficient_scope: 403,
  send_not_allowed: 403,
  send_cap_exceeded: 403,
  approval_required: 403,
  address_not_allowed: 403,
  api_key_quarantined: 403,
  second_factor_required: 403,
  confirmation_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  not_acceptable: 406,
  request_timeout: 408,
  conflict: 409,
  invalid_state: 409,
  idempotency_in_progress: 409,
  answer_not_kept: 409,
  smtp_not_configured: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  validation_error: 422,
  idempotency_key_reuse: 422,
  rate_limit_exceeded: 429,
  internal_error: 500,
  not_available: 501,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One bad field. `field` is a dotted path into the body or query, `""` for the whole. */
export interface FieldError {
  field: string;
  message: string;
}

export interface ErrorDetails {
  fields?: FieldError[];
  /** Scopes that would have been enough; shown with `insufficient_scope`. */
  required?: string[];
  /** What has to be approved; shown with `approval_required`. */
  approvalId?: string;
  /** Seconds after which a retry may succeed; becomes `Retry-After`. */
  retryAfter?: number;
}

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.status = ERROR_STATUS[code];
    this.details = details;
  }
}

export function notFound(what: string): AppError {
  return new AppError('not_found', `No ${what} here with this id.`);
}

export function invalidField(field: string, message: string): AppError {
  return new AppError('validation_error', `${field}: ${message}`, { fields: [{ field, message }] });
}
