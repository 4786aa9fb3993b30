/** From bytes to checked events: gunzip with a hard cap, parse, scan, validate. Throws AppError for the whole request only. */
import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { AppError } from '../../errors.ts';
import { partitionOf } from '../../events/log/partition.ts';
import { type ScannedEvent, scanBatch, scanSingle } from '../../events/scan.ts';
import type { EventType, JsonObject } from '../../events/types.ts';
import {
  findProblem,
  findUnstorable,
  isObject,
  MAX_BATCH_BYTES,
  MAX_BATCH_EVENTS,
  MAX_DEPTH,
  MAX_EVENT_BYTES,
  MAX_SHARED_CONTEXT_BYTES,
  nestsBeyond,
  type Problem,
  problem,
  timeProblem,
} from '../../events/validate.ts';

const gunzipAsync = promisify(gunzip);

export interface CheckedBody {
  readonly events: number;
  /** Bit n set: holds an accepted event of partition n. */
  readonly partitions: number;
  /** [index, code, reason] of each refused event. */
  readonly refused: [number, string, string][];
  /** Where the request named its source in the body. */
  readonly writeKey: string | null;
}

/** @throws AppError payload_too_large, unsupported_media_type, bad_request */
export async function inflate(body: Buffer, encoding: string | undefined): Promise<Buffer> {
  if (encoding === undefined || encoding === '' || encoding === 'identity') return body;
  if (encoding.toLowerCase() !== 'gzip') {
    throw new AppError('unsupported_media_type', 'Content-Encoding must be gzip, or left out.');
  }
  try {
    return await gunzipAsync(body, { maxOutputLength: MAX_BATCH_BYTES });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(`more than ${MAX_BATCH_BYTES} bytes`);
    throw new AppError('bad_request', 'The body is not valid gzip.');
  }
}

/** @throws AppError malformed_json, bad_request */
export function parse(body: Buffer): JsonObject {
  if (!isUtf8(body)) throw new AppError('malformed_json', 'The body is not valid UTF-8.');
  let value: unknown;
  try {
    value = JSON.parse(body.toString());
  } catch (error) {
    // V8's message may quote the body; the first line says enough.
    const hint = error instanceof SyntaxError ? (/position \d+/.exec(error.message)?.[0] ?? 'the end') : 'the end';
    throw new AppError('malformed_json', `The body is not valid JSON: look at ${hint}.`);
  }
  if (!isObject(value)) throw new AppError('bad_request', 'The body must be a JSON object.');
  return value;
}

export function checkSingle(body: Buffer, event: JsonObject, type: EventType, workspaceId: string): CheckedBody {
  if (body.length > MAX_EVENT_BYTES) throw tooLarge(`${body.length} bytes; an event may have ${MAX_EVENT_BYTES}`);
  const found = checkEvent(event, type, scanSingle(body), mayForbid(body));
  if (found) throw refusal(found);
  return {
    events: 1,
    partitions: 1 << partitionOf(workspaceId, event['anonymousId'], event['userId']),
    refused: [],
    writeKey: null,
  };
}

/** A bad event in a good batch is refused alone; a batch with no good event is refused whole. */
export function checkBatch(body: Buffer, request: JsonObject, workspaceId: string): CheckedBody {
  const batch = request['batch'];
  if (!Array.isArray(batch)) throw new AppError('bad_request', 'A batch needs batch, an array of events.');
  if (batch.length === 0) throw new AppError('bad_request', 'batch is empty: send at least one event.');
  if (batch.length > MAX_BATCH_EVENTS) {
    throw new AppError(
      'bad_request',
      `batch has ${batch.length} events; at most ${MAX_BATCH_EVENTS} are taken at once.`,
    );
  }
  const wrongTime = timeProblem(request, 'sentAt');
  if (wrongTime) throw refusal(wrongTime);
  const context = request['context'];
  if (context !== undefined && context !== null) {
    const wrong = sharedContextProblem(context);
    if (wrong) throw refusal(wrong);
  }
  const scanned = scanEvents(body, batch);
  const forbidden = mayForbid(body);
  const refused: [number, string, string][] = [];
  let partitions = 0;
  for (let index = 0; index < batch.length; index++) {
    const event: unknown = batch[index];
    const found = checkEvent(event, null, scanned[index], forbidden);
    if (found) refused.push([index, found.code, found.reason]);
    else if (isObject(event)) partitions |= 1 << partitionOf(workspaceId, event['anonymousId'], event['userId']);
  }
  return { events: batch.length, partitions, refused, writeKey: null };
}

function sharedContextProblem(context: unknown): Problem | null {
  if (!isObject(context)) return problem('invalid_field', 'context must be a JSON object.');
  // Before anything walks it to its end.
  if (nestsBeyond(context, MAX_DEPTH)) {
    return problem('too_deep', `The context of the batch nests deeper than ${MAX_DEPTH} levels.`);
  }
  const bytes = Buffer.byteLength(JSON.stringify(context));
  if (bytes > MAX_SHARED_CONTEXT_BYTES) {
    return problem(
      'context_too_large',
      `The context of the batch has ${bytes} bytes; at most ${MAX_SHARED_CONTEXT_BYTES} are taken.`,
    );
  }
  return findUnstorable(context);
}

function checkEvent(
  event: unknown,
  type: EventType | null,
  scanned: ScannedEvent | undefined,
  forbidden: boolean,
): Problem | null {
  const found = findProblem(event, type);
  if (found) return found;
  if (!scanned) return problem('invalid_event', 'An event must be a JSON object.');
  const bytes = scanned.end - scanned.start;
  if (bytes > MAX_EVENT_BYTES) {
    return problem('event_too_large', `The event has ${bytes} bytes; at most ${MAX_EVENT_BYTES} are taken.`);
  }
  if (scanned.depth > MAX_DEPTH) {
    return problem('too_deep', `The event nests too deeply; at most ${MAX_DEPTH} levels are taken.`);
  }
  return scanned.suspicious || forbidden ? findUnstorable(event) : null;
}

/** The scan sees raw bytes; where it disagrees with the parser (an escaped `batch` key), each event is measured by itself. */
function scanEvents(body: Buffer, batch: readonly unknown[]): ScannedEvent[] {
  const { events, doubtful } = scanBatch(body);
  if (!doubtful && events.length === batch.length && batch.every(isObject)) return events;
  return batch.map((event) => {
    if (nestsBeyond(event, MAX_DEPTH)) return { start: 0, end: 0, depth: MAX_DEPTH + 1, suspicious: true };
    return scanSingle(Buffer.from(JSON.stringify(event)));
  });
}

/** Whether a key named __proto__ or prototype may be somewhere: worth a closer look at every event. */
function mayForbid(body: Buffer): boolean {
  return body.includes('__proto__') || body.includes('"prototype"');
}

function refusal({ code, reason }: Problem): AppError {
  return new AppError('bad_request', reason, {}, { cause: { code } });
}

export function tooLarge(what: string): AppError {
  return new AppError('payload_too_large', `The body is too large: ${what}.`);
}

/** The code of the event's own problem behind a refusal, for the debugger. */
export function problemCode(error: AppError): string {
  const cause = error.cause;
  return isObject(cause) && typeof cause['code'] === 'string' ? cause['code'] : error.code;
}
