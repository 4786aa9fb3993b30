/** How a Segment library names its source: Basic user name, a header, or `writeKey` in the body. */
import type { FastifyRequest } from 'fastify';

/** @returns the write key that the headers hold, or null. Unknown keys are told apart by the caller, without a query. */
export function writeKeyInHeaders(request: FastifyRequest): string | null {
  const authorization = request.headers.authorization;
  if (authorization) {
    const space = authorization.indexOf(' ');
    const scheme = authorization.slice(0, space).toLowerCase();
    const value = authorization.slice(space + 1).trim();
    if (scheme === 'basic') {
      const decoded = Buffer.from(value, 'base64').toString();
      const colon = decoded.indexOf(':');
      return colon < 0 ? decoded : decoded.slice(0, colon);
    }
    if (scheme === 'bearer' || scheme === 'apikey') return value;
  }
  const header = request.headers['x-api-key'];
  return typeof header === 'string' ? header : null;
}
