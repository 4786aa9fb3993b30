/** Headgate's TypeScript client: `createClient({ baseUrl, apiKey })`, then `client.<resource>.<verb>(args)`. */
export { type Client, createClient } from './client.gen.ts';
export type { Args, Message, Result } from './operations.ts';
export {
  type CallOptions,
  type ClientOptions,
  type Credential,
  type Environment,
  type FieldProblem,
  HeadgateError,
  type StreamMessage,
} from './transport.ts';
export type { operations as Operations } from './types.gen.ts';
