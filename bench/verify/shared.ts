/** What the benches of verification and their servers agree on. */
import type { ServerResponse } from 'node:http';

export const SECRET = 'bench secret, thirty-two or more characters';
/** The one scope of every key of the bench. */
export const SCOPE = 'events:read';

/** Different keys that are asked with in turn. */
export const ASKED = 20_000;

/** The answer of every server here: what comes before it is what is measured. */
export function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': '11' });
  response.end('{"ok":true}');
}

/** What a server process has spent since it began. */
export interface Spent {
  readonly cpuUs: number;
  readonly requests: number;
  readonly rssMiB: number;
  /** How often the database was used. */
  readonly connectionsTaken: number;
  readonly keys: number;
}
