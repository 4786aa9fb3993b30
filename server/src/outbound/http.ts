/**
 * The one way for HTTP to leave this process. A name is resolved once, every address it has is checked, and the
 * connection goes to a checked address, so that a name cannot be public for the check and private for the connection.
 * No proxy settings are read from the environment; nothing is followed unless asked for.
 */
import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { isPublicAddress, refusedHost } from './address.ts';

const TIMEOUT_MS = 10_000;
/** More of a response than this is not read. */
const READ_BYTES = 65_536;
/** What is kept of it for people to look at. */
const KEPT_BYTES = 1_024;
const MAX_REDIRECTS = 3;

export interface OutboundRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange: name, connection, headers, body. Default 10 s. */
  readonly timeoutMs?: number;
  /** GET and HEAD only: up to 3 redirects, each checked like the first URL. Default: a 3xx is the answer. */
  readonly followRedirects?: boolean;
  /** Bytes of the body that `text` has, at most 65,536. Default 1,024. */
  readonly keepBytes?: number;
}

export interface OutboundResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The body's first `keepBytes` as text. */
  readonly text: string;
}

export type OutboundErrorCode = 'bad_url' | 'blocked_address' | 'timeout' | 'connection' | 'too_many_redirects';

/** The request got no answer. `message` is fit to be shown to whoever owns the URL. */
export class OutboundError extends Error {
  readonly code: OutboundErrorCode;

  constructor(code: OutboundErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'OutboundError';
    this.code = code;
  }
}

export interface ResolvedAddress {
  address: string;
  family: number;
}

export interface OutboundHttp {
  /** @throws OutboundError when there is no answer. Any status is an answer. */
  request(request: OutboundRequest): Promise<OutboundResponse>;
  close(): Promise<void>;
}

export function createOutboundHttp(options: {
  allowPrivateNetwork: boolean;
  /** Default: the system's resolver. */
  resolve?: (hostname: string) => Promise<ResolvedAddress[]>;
  /** Default: addresses of the public internet. */
  isAllowed?: (address: string) => boolean;
}): OutboundHttp {
  const { allowPrivateNetwork, isAllowed = isPublicAddress } = options;
  const resolve = shareRunning(
    options.resolve ?? ((name: string) => systemLookup(name, { all: true, verbatim: true })),
  );
  const agent = new Agent({
    connect: guardedConnector(),
    // This module's own timer covers the whole exchange.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: 10_000,
    keepAliveMaxTimeout: 60_000,
    pipelining: 1,
  });

  function guardedConnector(): buildConnector.connector {
    const lookup: LookupFunction = (hostname, { all }, callback) => {
      resolve(hostname).then(
        (addresses) => {
          const refused = allowPrivateNetwork ? undefined : addresses.find((one) => !isAllowed(one.address));
          const [first] = addresses;
          if (refused) callback(blocked(`${hostname} has the private or reserved address ${refused.address}`), []);
          else if (!first) callback(new OutboundError('connection', `${hostname} has no address`), []);
          else if (all) callback(null, addresses);
          else callback(null, first.address, first.family);
        },
        (error: NodeJS.ErrnoException) => callback(error, []),
      );
    };
    const connect = buildConnector({ timeout: TIMEOUT_MS, lookup });
    return (target, callback) => {
      // An address needs no name look-up, so it would pass the check above.
      const host = target.hostname.replace(/^\[|\]$/g, '');
      if (!allowPrivateNetwork && isIP(host) !== 0 && !isAllowed(host)) {
        callback(blocked(`${host} is a private or reserved address`), null);
      } else {
        connect(target, callback);
      }
    };
  }

  function checked(text: string): URL {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
      throw new OutboundError('bad_url', 'the URL does not start with https:// or http://');
    }
    const refusal = allowPrivateNetwork ? null : refusedHost(url, isAllowed);
    if (refusal) throw blocked(refusal);
    return url;
  }

  async function request(request: OutboundRequest): Promise<OutboundResponse> {
    const deadline = Date.now() + (request.timeoutMs ?? TIMEOUT_MS);
    const follow = request.followRedirects === true && (request.method === 'GET' || request.method === 'HEAD');
    let url = checked(request.url);
    let headers = request.headers ?? {};
    for (let redirects = 0; ; redirects++) {
      const response = await exchange(agent, { ...request, headers }, url, Math.max(1, deadline - Date.now()));
      const location = response.headers['location'];
      if (!follow || response.status < 300 || response.status > 399 || typeof location !== 'string') return response;
      if (redirects === MAX_REDIRECTS) throw new OutboundError('too_many_redirects', 'redirected more than 3 times');
      const next = URL.canParse(location, url.href) ? checked(new URL(location, url).href) : null;
      if (!next) throw new OutboundError('bad_url', 'redirected to something that is no URL');
      // What was meant for one host is not shown to another.
      if (next.origin !== url.origin) headers = {};
      url = next;
    }
  }

  return {
    request,
    async close() {
      await agent.destroy();
    },
  };
}

/** One request and its answer. undici's handler instead of its streams: half the work for each request. */
function exchange(agent: Agent, request: OutboundRequest, url: URL, timeoutMs: number): Promise<OutboundResponse> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | null = null;
    let status = 0;
    let headers: OutboundResponse['headers'] = {};
    const kept: Buffer[] = [];
    const keep = Math.min(request.keepBytes ?? KEPT_BYTES, READ_BYTES);
    let read = 0;
    let settled = false;

    const timer = setTimeout(() => {
      const seconds = timeoutMs / 1_000;
      fail(new OutboundError('timeout', `no complete answer within ${Number(seconds.toFixed(1))} s`));
    }, timeoutMs);

    function finish(): void {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      resolve({ status, headers, text: Buffer.concat(kept).subarray(0, keep).toString('utf8') });
    }

    function fail(error: Error): void {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      controller?.abort(error);
      reject(error instanceof OutboundError ? error : connectionError(error));
    }

    const { method, body } = request;
    const sent = { 'content-length': String(Buffer.byteLength(body ?? '')) };
    agent.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: { ...request.headers, ...(body !== undefined && sent) },
        body: body ?? null,
      },
      {
        onRequestStart(started) {
          controller = started;
          if (settled) started.abort(new OutboundError('timeout', 'given up'));
        },
        onResponseStart(_controller, code, received) {
          // Informational answers come before the real one.
          if (code < 200) return;
          status = code;
          headers = received;
        },
        onResponseData(running, chunk) {
          if (read < keep) kept.push(chunk.subarray(0, keep - read));
          read += chunk.length;
          if (read <= READ_BYTES) return;
          finish();
          running.abort(new OutboundError('connection', 'the answer is longer than what is read'));
        },
        onResponseEnd: finish,
        onResponseError: (_controller, error) => fail(error),
      },
    );
  });
}

function blocked(message: string): OutboundError {
  return new OutboundError('blocked_address', message);
}

function connectionError(error: Error): OutboundError {
  // With several addresses Node reports one error for each; the first tells enough.
  const first = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  if (first instanceof OutboundError) return first;
  const code = 'code' in first && typeof first.code === 'string' ? first.code : '';
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return new OutboundError('timeout', 'no connection within 10 s');
  return new OutboundError('connection', first.message || code || 'the connection failed', { cause: error });
}

/** The system's resolver has four threads: many connections to one slow name share one question. */
function shareRunning(
  resolve: (name: string) => Promise<ResolvedAddress[]>,
): (name: string) => Promise<ResolvedAddress[]> {
  const running = new Map<string, Promise<ResolvedAddress[]>>();
  return (name) => {
    const found = running.get(name);
    if (found) return found;
    const started = resolve(name).finally(() => running.delete(name));
    running.set(name, started);
    return started;
  };
}
