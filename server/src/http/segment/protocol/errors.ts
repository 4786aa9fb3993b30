/** The Public API's error envelope: `{"errors": [{type, message, field?, data?}]}` (contract segment-public-api §1.4–1.5). */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { AppError } from '../../../errors.ts';
import { toAppError } from '../../api/conventions.ts';

interface SegmentError {
  type: string;
  message: string;
  field?: string;
  data?: unknown;
}

/** Types by status; 422, 404 and 413 as documented, the others in the same kebab case (contract §1.5). */
const TYPES: Readonly<Record<number, string>> = {
  400: 'bad-request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'NotFound',
  405: 'method-not-allowed',
  406: 'not-acceptable',
  408: 'request-timeout',
  409: 'conflict',
  413: 'PayloadLimitError',
  415: 'unsupported-media-type',
  422: 'input-validation',
  429: 'RequestError',
  501: 'not-available',
  503: 'unavailable',
};

export function handleSegmentError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const known = toAppError(error);
  if (known.status >= 500 && known.code !== 'not_available') request.log.error({ err: error }, 'request failed');
  if (known.details.retryAfter !== undefined) reply.header('retry-after', String(known.details.retryAfter));
  reply
    .code(known.status)
    .type('application/json')
    .send({ errors: errorsOf(known) });
}

function errorsOf(error: AppError): SegmentError[] {
  const type = TYPES[error.status] ?? 'server-error';
  const { fields, retryAfter } = error.details;
  if ((error.status === 422 || error.status === 400) && fields && fields.length > 0) {
    return fields.map(({ field, message }) => ({ type, message, ...(field !== '' && { field }) }));
  }
  if (error.status === 429) {
    const data = { remainingPoints: 0, msBeforeNext: (retryAfter ?? 1) * 1_000 };
    return [{ type, message: 'Too many requests', data }];
  }
  if (error.status === 413) return [{ type, message: 'The payload limit size of 25mb has been reached' }];
  const hidden = error.status >= 500 && error.code !== 'not_available';
  return [{ type, message: hidden ? 'Something failed on our side. Try again.' : error.message }];
}
