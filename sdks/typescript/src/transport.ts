/**
 * One HTTP call to Headgate: credentials, timeout, retries, typed errors, event streams. Written by hand; everything
 * that knows a route is generated from openapi.json. Uses only what browsers and Node both have.
 */

export type Environment = 'live' | 'test';

/** A credential, or a function asked before every try: it may renew a token that has run out. */
export type Credential = string | (() => string | null | Promise<string | null>);

export interface ClientOptions {
  /** Where the server is, such as `https://events.example.com`. Default: the page's own origin in a browser. */
  readonly baseUrl?: string;
  /** An API key; its environment is its own. */
  readonly apiKey?: Credential;
  /** The access token of a signed-in user. Give this or `apiKey`. */
  readonly token?: Credential;
  /** Which environment a signed-in user works in. Default: live. */
  readonly environment?: Environment | (() => Environment);
  /** Milliseconds until a try is given up. Default 30,000. Streams have none. */
  readonly timeoutMs?: number;
  /** Tries after the first one. Default 2. */
  readonly retries?: number;
  /** Called once when a call was refused with 401; true repeats it with what `token` returns then. */
  readonly onUnauthorized?: () => Promise<boolean>;
  /** For tests and proxies. Default: the global fetch. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly retries?: number;
  /** Makes a POST safe to repeat where the route takes one; allows retries. */
  readonly idempotencyKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Operation {
  readonly method: string;
  /** With `{name}` for each path parameter. */
  readonly path: string;
  readonly pathParams: readonly string[];
  readonly queryParams: readonly string[];
  /** `fields`: all other arguments are the JSON body; `whole`: the argument `body` is. */
  readonly body: 'none' | 'fields' | 'whole';
}

export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** A refusal by the server, or a call that never got an answer (`status` 0, code `network_error` or `timeout`). */
export class HeadgateError extends Error {
  readonly status: number;
  readonly code: string;
  /** What is wrong with which field, for `validation_error`. */
  readonly fields: readonly FieldProblem[];
  /** Scopes that would have been enough, for `insufficient_scope`. */
  readonly required: readonly string[];
  /** The server's name for this call, for its logs. */
  readonly requestId: string | null;

  constructor(
    problem: {
      status: number;
      code: string;
      message: string;
      fields?: readonly FieldProblem[];
      required?: readonly string[];
      requestId?: string | null;
    },
    options?: ErrorOptions,
  ) {
    super(problem.message, options);
    this.name = 'HeadgateError';
    this.status = problem.status;
    this.code = problem.code;
    this.fields = problem.fields ?? [];
    this.required = problem.required ?? [];
    this.requestId = problem.requestId ?? null;
  }
}

/** One message of an event stream; `data` is parsed JSON. */
export interface StreamMessage {
  readonly event: string;
  readonly id: string | null;
  readonly data: unknown;
}

export interface Transport {
  call(operation: Operation, args: object, options?: CallOptions): Promise<unknown>;
  /** Ends when the server ends the stream or `signal` aborts; does not reconnect. */
  stream(operation: Operation, args: object, options?: CallOptions): AsyncGenerator<StreamMessage, void, undefined>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_RETRIES = 2;
const FIRST_DELAY_MS = 300;
const LONGEST_DELAY_MS = 20_000;
const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS']);
const RETRIED_STATUS = new Set([408, 429, 500, 502, 503, 504]);

export function createTransport(options: ClientOptions): Transport {
  const fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  const baseUrl = (options.baseUrl ?? '').replace(/\/+$/, '');

  async function request(operation: Operation, args: object, call: CallOptions, accept: string): Promise<Response> {
    const { url, body } = parts(operation, args);
    const retries = call.retries ?? options.retries ?? DEFAULT_RETRIES;
    const repeatable = IDEMPOTENT.has(operation.method) || call.idempotencyKey !== undefined;
    let renewed = false;
    for (let attempt = 0; ; attempt++) {
      const outcome = await once(operation.method, baseUrl + url, body, call, accept);
      if (outcome instanceof Response && outcome.ok) return outcome;
      const status = outcome instanceof Response ? outcome.status : 0;
      if (status === 401 && !renewed && options.onUnauthorized) {
        renewed = true;
        if (await options.onUnauthorized()) continue;
      }
      // A 409 that says when to come again: the first request with this idempotency key still runs.
      const running = status === 409 && outcome instanceof Response && retryAfter(outcome) !== null;
      const again = repeatable && attempt < retries && (status === 0 || running || RETRIED_STATUS.has(status));
      if (!again || call.signal?.aborted) throw await problemOf(outcome);
      const wait = outcome instanceof Response ? retryAfter(outcome) : null;
      if (outcome instanceof Response) await outcome.body?.cancel();
      await sleep(wait ?? backoff(attempt), call.signal);
    }
  }

  async function once(
    method: string,
    url: string,
    body: string | undefined,
    call: CallOptions,
    accept: string,
  ): Promise<Response | Error> {
    const headers = await headersOf(call, accept, body !== undefined);
    const timeout = accept === 'text/event-stream' ? null : (call.timeoutMs ?? options.timeoutMs ?? DEFAULT_TIMEOUT_MS);
    const signals = [call.signal, timeout === null ? undefined : AbortSignal.timeout(timeout)];
    try {
      return await fetch(url, {
        method,
        headers,
        ...(body !== undefined && { body }),
        signal: AbortSignal.any(signals.filter((signal) => signal !== undefined)),
      });
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  async function headersOf(call: CallOptions, accept: string, hasBody: boolean): Promise<Record<string, string>> {
    const provider = options.apiKey ?? options.token;
    const credential = typeof provider === 'function' ? await provider() : provider;
    const { environment } = options;
    return {
      accept,
      ...(hasBody && { 'content-type': 'application/json' }),
      ...(credential && { authorization: `Bearer ${credential}` }),
      ...(environment && {
        'x-headgate-environment': typeof environment === 'function' ? environment() : environment,
      }),
      ...(call.idempotencyKey !== undefined && { 'idempotency-key': call.idempotencyKey }),
      ...call.headers,
    };
  }

  return {
    async call(operation, args, call = {}) {
      const response = await request(operation, args, call, 'application/json');
      if (response.status === 204) return undefined;
      const text = await response.text();
      try {
        return JSON.parse(text);
      } catch (error) {
        throw new HeadgateError(
          {
            status: response.status,
            code: 'not_json',
            message: 'The answer is not JSON. Check that baseUrl names a Headgate server.',
            requestId: response.headers.get('x-request-id'),
          },
          { cause: error },
        );
      }
    },
    async *stream(operation, args, call = {}) {
      const response = await request(operation, args, call, 'text/event-stream');
      if (response.body) yield* readStream(response.body);
    },
  };
}

/** Splits the arguments into path, query and body, as the operation says. */
function parts(operation: Operation, args: object): { url: string; body: string | undefined } {
  const rest = new Map(Object.entries(args));
  let url = operation.path;
  for (const name of operation.pathParams) {
    const value = String(rest.get(name) ?? '');
    // An empty part would be another route.
    if (value === '') throw new TypeError(`${name} must not be empty.`);
    url = url.replace(`{${name}}`, encodeURIComponent(value));
    rest.delete(name);
  }
  const query = new URLSearchParams();
  for (const name of operation.queryParams) {
    const value: unknown = rest.get(name);
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== null) query.append(name, String(item));
    }
    rest.delete(name);
  }
  const text = query.toString();
  return { url: text === '' ? url : `${url}?${text}`, body: bodyOf(operation, rest) };
}

function bodyOf(operation: Operation, rest: Map<string, unknown>): string | undefined {
  if (operation.body === 'none') return undefined;
  return JSON.stringify(operation.body === 'whole' ? rest.get('body') : Object.fromEntries(rest));
}

async function problemOf(outcome: Response | Error): Promise<Error> {
  if (outcome instanceof Error) {
    if (outcome.name === 'AbortError') return outcome;
    const code = outcome.name === 'TimeoutError' ? 'timeout' : 'network_error';
    const message = code === 'timeout' ? 'The server did not answer in time.' : 'The server could not be reached.';
    return new HeadgateError({ status: 0, code, message }, { cause: outcome });
  }
  const body: unknown = await outcome.json().catch(() => null);
  const error = field(body, 'error');
  const code = field(error, 'code');
  const message = field(error, 'message') ?? field(body, 'detail');
  const required = field(error, 'required');
  return new HeadgateError({
    status: outcome.status,
    code: typeof code === 'string' ? code : `http_${outcome.status}`,
    message: typeof message === 'string' ? message : `The server answered ${outcome.status}.`,
    fields: problems(field(error, 'details')),
    required: Array.isArray(required) ? required.map(String) : [],
    requestId: outcome.headers.get('x-request-id'),
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function problems(value: unknown): FieldProblem[] {
  if (!Array.isArray(value)) return [];
  return value.map((item) => ({ field: String(field(item, 'field')), message: String(field(item, 'message')) }));
}

/** Milliseconds of a Retry-After in seconds or as a date; at most 20 s, so that no answer can stop a caller. */
function retryAfter(response: Response): number | null {
  const value = response.headers.get('retry-after');
  if (!value) return null;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), LONGEST_DELAY_MS) : null;
}

/** Full jitter between half and all of 300 ms, 600 ms, 1.2 s …: clients that failed together do not return together. */
function backoff(attempt: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** attempt, LONGEST_DELAY_MS) * (0.5 + Math.random() / 2);
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

/** Server-sent events as the HTML standard §9.2.6 has them; comments and messages without data are skipped. */
async function* readStream(body: ReadableStream<Uint8Array>): AsyncGenerator<StreamMessage, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let buffer = '';
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      // A lone CR at the end may be half of a CRLF, so it waits for what follows.
      buffer = (buffer + decoder.decode(value, { stream: true })).replace(/\r\n|\r(?!$)/g, '\n');
      for (let end = buffer.indexOf('\n\n'); end >= 0; end = buffer.indexOf('\n\n')) {
        const message = parseMessage(buffer.slice(0, end));
        buffer = buffer.slice(end + 2);
        if (message) yield message;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

function parseMessage(block: string): StreamMessage | null {
  let event = 'message';
  let id: string | null = null;
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') event = value;
    else if (name === 'id') id = value;
    else if (name === 'data') data.push(value);
  }
  return data.length === 0 ? null : { event, id, data: JSON.parse(data.join('\n')) };
}
