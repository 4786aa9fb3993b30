/** Types that turn an operation of types.gen.ts into the arguments and the result of a client method. */
import type { StreamMessage } from './transport.ts';

/** An absent part of an operation is `never` or optional `never`. */
type Part<T> = [NonNullable<T>] extends [never] ? unknown : NonNullable<T>;

type Parameters<O, Kind extends string> = O extends { parameters: infer P }
  ? P extends { [K in Kind]?: infer Value }
    ? Part<Value>
    : unknown
  : unknown;

type JsonBody<O> = O extends { requestBody?: infer R }
  ? [NonNullable<R>] extends [never]
    ? unknown
    : NonNullable<R> extends { content: { 'application/json': infer Body } }
      ? Body
      : unknown
  : unknown;

/** `undefined` may be given for what may be left out. */
type Loose<T> = { [K in keyof T]: undefined extends T[K] ? T[K] | undefined : T[K] };

/** Path and query parameters and the fields of the body, side by side. */
export type Args<O> = Loose<Parameters<O, 'path'> & Parameters<O, 'query'> & JsonBody<O>>;

/** Where the body is not an object of known fields, it goes in `body`. */
export type WholeArgs<O> = Loose<Parameters<O, 'path'> & Parameters<O, 'query'> & { body: JsonBody<O> }>;

type SuccessStatus = 200 | 201 | 202;

type Content<R, Type extends string> = R extends { content: { [K in Type]: infer Body } } ? Body : undefined;

/** What the promise resolves to; undefined for 204. */
export type Result<O> = O extends { responses: infer R }
  ? { [S in keyof R & SuccessStatus]: Content<R[S], 'application/json'> } extends infer Bodies
    ? [keyof Bodies] extends [never]
      ? undefined
      : Bodies[keyof Bodies]
    : never
  : never;

/** What the iterator yields. */
export type Message<O> = O extends { responses: { 200: infer R } }
  ? Content<R, 'text/event-stream'> extends { event: string; data: unknown }
    ? Content<R, 'text/event-stream'> & { id: string | null }
    : StreamMessage
  : StreamMessage;
