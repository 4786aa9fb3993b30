/** What a function's `fetch` does: through the guarded client and nowhere else; in the test environment it is captured. */
import type { Db } from '../../db/open.ts';
import type { Scope } from '../../db/tx.ts';
import type { OutboundHttp, OutboundRequest } from '../../outbound/http.ts';
import { capture } from '../../outbound/sandbox.ts';
import { type FetchAnswer, type FetchRequest, LIMITS } from './sandbox/protocol.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** About the connection, and so the client's own. */
const NOT_SENT = new Set(
  'host connection content-length transfer-encoding keep-alive upgrade te trailer expect proxy-connection proxy-authorization'.split(
    ' ',
  ),
);
const MAX_HEADERS = 50;
const MAX_HEADER = 8_192;
const KEEP_BYTES = 65_536;

export interface FetchParts {
  readonly db: Db;
  readonly http: OutboundHttp;
  /** @throws AppError when functions must not go there. */
  readonly checkUrl: (url: string) => string;
}

/** @returns the fetch of functions of a scope. Its errors are shown to the function. */
export function createFetch({ db, http, checkUrl }: FetchParts) {
  return (scope: Scope) =>
    async (request: FetchRequest): Promise<FetchAnswer> => {
      const { method, body } = request;
      if (!METHODS.has(method)) return { error: `the method must be one of ${[...METHODS].join(', ')}` };
      const url = checkUrl(request.url);
      const entries = Object.entries(request.headers).filter(([name]) => !NOT_SENT.has(name));
      const wrong = entries.find(
        ([name, value]) => !/^[!#$%&'*+.^_`|~\w-]{1,100}$/.test(name) || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value),
      );
      if (wrong) return { error: `the header ${JSON.stringify(wrong[0].slice(0, 100))} is not valid` };
      if (entries.length > MAX_HEADERS || entries.some(([, value]) => value.length > MAX_HEADER)) {
        return { error: `a request has at most ${MAX_HEADERS} headers of ${MAX_HEADER} characters` };
      }
      const headers = Object.fromEntries(entries);
      if (scope.environment === 'test') {
        await capture(db, scope, 'http', `${method} ${url}`, { method, url, headers, body: body ?? '' });
        return { status: 200, headers: {}, text: '' };
      }
      const answer = await http.request({
        method: method as OutboundRequest['method'],
        url,
        headers,
        ...(body !== null && method !== 'GET' && method !== 'HEAD' && { body }),
        timeoutMs: LIMITS.wallMs,
        keepBytes: KEEP_BYTES,
      });
      const received = Object.entries(answer.headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, [value].flat().join(', ')] as const],
      );
      return { status: answer.status, headers: Object.fromEntries(received), text: answer.text };
    };
}
