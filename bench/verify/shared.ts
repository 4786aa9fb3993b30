/** What the verify bench and its server processes agree on. */

export const SECRET = 'bench secret, thirty-two or more characters';
/** The one scope of every key of the bench. */
export const SCOPE = 'events:read';

/** What a server process has spent since it began. */
export interface Spent {
  readonly cpuUs: number;
  readonly requests: number;
  readonly rssMiB: number;
  /** How often the database was used. */
  readonly connectionsTaken: number;
  readonly keys: number;
}
