/** What runner.ts and its threads tell each other, and the limits of a run. */

export type FunctionKind = 'source' | 'events';

/** A function's code is somebody's program: every number here is a wall it runs into. */
export const LIMITS = {
  /** Of computing, for one run. */
  cpuMs: 1_000,
  /** Of everything, fetches and timers included; clients of previews give up after ten seconds. */
  wallMs: 5_000,
  memoryBytes: 32 * 1_048_576,
  stackBytes: 256 * 1_024,
  fetches: 20,
  timers: 100,
  /** Characters. */
  fetchBody: 262_144,
  result: 1_048_576,
  logLines: 100,
  logLine: 1_000,
  logTotal: 16_384,
  errorText: 2_000,
} as const;

export interface RunJob {
  readonly kind: FunctionKind;
  readonly code: string;
  /** JSON: an event, an array of events, or for sources `{body, headers, queryParameters}`. */
  readonly payload: string;
  /** JSON. */
  readonly settings: string;
}

export interface FetchRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export type FetchAnswer =
  | { readonly error: string }
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string };

export interface LogLine {
  readonly level: string;
  readonly message: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface RunError {
  /** The error's own name, such as `DropEvent`; ours are `Timeout`, `OutOfMemory`, `StackOverflow`, `Unfinished`, `TooMuchOutput`. */
  readonly name: string;
  readonly message: string;
  /** In the function's code, from 1. */
  readonly line?: number;
  readonly column?: number;
}

export interface RunOutcome {
  /** What the handler returned, read back from JSON; null for nothing. */
  readonly result: unknown;
  /** Of a source function: what it gave to `Segment.track` and its like. */
  readonly events: readonly unknown[];
  readonly error: RunError | null;
  readonly logs: readonly LogLine[];
  readonly logsTruncated: boolean;
  readonly ms: number;
}

export type ToWorker =
  | { readonly type: 'run'; readonly job: RunJob }
  | { readonly type: 'check'; readonly code: string }
  | { readonly type: 'fetched'; readonly id: number; readonly answer: FetchAnswer };

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'fetch'; readonly id: number; readonly request: FetchRequest }
  | { readonly type: 'done'; readonly outcome: RunOutcome };

export function failed(error: RunError, rest: Partial<RunOutcome> = {}): RunOutcome {
  return { result: null, events: [], logs: [], logsTruncated: false, ms: 0, ...rest, error };
}
