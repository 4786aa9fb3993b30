/** What the tests with Segment's own client share: its classes pointed at a server, answers without their envelope, refusals. */
import type { IncomingMessage } from 'node:http';
import { expect } from 'vitest';

/** What every API class of the client has. */
interface ApiClass {
  accessToken: string | (() => string);
}

export interface SegmentError {
  type: string;
  message?: string;
  field?: string;
}

export interface Kit {
  /** An instance of an API class, with the token. */
  api<T extends ApiClass>(Api: new (basePath?: string) => T): T;
  /** For operations that this release of the client does not have yet. @returns what stands under `data`. */
  post(path: string, body: object): Promise<Data>;
}

// biome-ignore lint/suspicious/noExplicitAny: of operations whose types the client lacks.
export type Data = any;

export function createKit(url: string, token: string): Kit {
  return {
    api(Api) {
      const instance = new Api(url);
      instance.accessToken = token;
      return instance;
    },
    async post(path, body) {
      const answer = await fetch(new URL(path, url), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const read = (await answer.json()) as { data?: Data };
      expect(read.data, `${answer.status} ${JSON.stringify(read)}`).toBeDefined();
      return read.data;
    },
  };
}

/** What stands under `data`, as the client read it. */
export async function dataOf<T>(answer: Promise<{ response: IncomingMessage; body: { data?: T } }>): Promise<T> {
  // The client's own message says neither what was asked nor what was answered.
  const { body } = await answer.catch((error: { statusCode?: number; body?: unknown }) => {
    throw new Error(`${error.statusCode} ${JSON.stringify(error.body)}`);
  });
  if (body.data === undefined) throw new Error('The answer has no data.');
  return body.data;
}

/** The client rejects with the response and its parsed body. */
export async function refusal(answer: Promise<unknown>): Promise<{ status: number; errors: SegmentError[] }> {
  const error = await answer.then(
    () => null,
    (reason: { statusCode?: number; body?: { errors?: SegmentError[] } }) => reason,
  );
  expect(error, 'it was not refused').not.toBeNull();
  return { status: error?.statusCode ?? 0, errors: error?.body?.errors ?? [] };
}

/** Reads a list to its end, as clients do: while there is a `next`. At most a hundred pages. */
export async function everyPage<T>(
  read: (cursor: string | undefined) => Promise<{ items: T[]; next?: string | null | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < 100; page++) {
    const { items, next } = await read(cursor);
    all.push(...items);
    if (next === undefined) return all;
    expect(next).toEqual(expect.any(String));
    cursor = next ?? undefined;
  }
  throw new Error('The list does not end.');
}

/** The client types its enums by name; what it sends is their text. */
export function typed<T>(value: unknown): T {
  return value as T;
}
