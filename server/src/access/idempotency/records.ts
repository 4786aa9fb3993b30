/**
 * A request with an Idempotency-Key is carried out once. Its work and the record of its answer are one transaction, so a
 * crash leaves either both or neither. The record belongs to the caller's lineage: a rotated key still finds it.
 */
import { createHash } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { type Context, withContext } from '../../context.ts';
import type { OpenTransaction } from '../../db/ambient.ts';
import type { Database } from '../../db/open.ts';
import { AppError } from '../../errors.ts';
import { createSeal } from '../../seal.ts';
import { quotaOf } from '../meter.ts';
import type { Principal } from '../principal.ts';
import { claimRecord, findRecord, insertRecord } from './queries.ts';

/** As Segmentflow has it (contract segmentflow §4). */
const LIFE_MS = 24 * 3_600_000;
/** Longer answers are not kept: a retry is told that the work is done and nothing more. */
export const MOST_KEPT_BYTES = 1_048_576;

export interface Answer {
  readonly status: number;
  /** null: none was sent. */
  readonly contentType: string | null;
  readonly location: string | null;
  readonly body: string | Buffer;
}

export interface RepeatableRequest {
  readonly caller: Principal;
  readonly method: string;
  /** As it was sent, with its query. */
  readonly url: string;
  readonly key: string;
  /** SHA-256 of content type and raw body. */
  readonly fingerprint: Buffer;
}

/** The first request of its key: its work is in the transaction that `finish` commits. */
export interface FirstRequest {
  /** Stores the answer and commits; `tooLong`: all but the body. @throws when it could not be committed */
  finish(answer: Answer | { status: number; tooLong: true }): Promise<void>;
  /** Undoes the work; again, or after `finish`, it does nothing. */
  abandon(): Promise<void>;
}

export interface Idempotency {
  /**
   * @returns the earlier answer, or what to do with this one.
   * @throws AppError idempotency_in_progress, idempotency_key_reuse, answer_not_kept
   */
  begin(context: Context, request: RepeatableRequest): Promise<{ replay: Answer } | { first: FirstRequest }>;
}

const SF_STRING = /^"((?:[\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/** The key in a header: visible ASCII, bare or as a quoted sf-string (RFC 9651 §3.3.3). @throws AppError bad_request */
export function readIdempotencyKey(header: string): string {
  const quoted = SF_STRING.exec(header)?.[1]?.replace(/\\(["\\])/g, '$1');
  const key = quoted ?? (header.startsWith('"') ? '' : header);
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError('bad_request', 'Idempotency-Key must be 1 to 255 visible ASCII characters, bare or in quotes.');
}

export function createIdempotency(parts: {
  database: Pick<Database, 'db' | 'openAmbient'>;
  secret: string;
  /** The secret before it: answers of the last day that it sealed are still replayed. */
  previousSecret?: string | null;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
}): Idempotency {
  const { database, now, log } = parts;
  const { db } = database;
  const seal = createSeal(parts.secret, 'answers', parts.previousSecret ?? null);

  /** Memory that could not be renewed catches up by itself; the answer tells of the work, and that is committed. */
  const onLate = (err: unknown) => log.error({ err }, 'what follows a committed request failed');

  /** @throws AppError for a record that this request may not have. */
  async function earlier(id: Buffer, fingerprint: Buffer): Promise<Answer | null> {
    if (!(await claimRecord(db, id))) {
      throw new AppError(
        'idempotency_in_progress',
        'The first request with this Idempotency-Key still runs. Try again.',
        {
          retryAfter: 1,
        },
      );
    }
    const found = await findRecord(db, id);
    if (!found || now().getTime() - found.created_at.getTime() >= LIFE_MS) return null;
    if (!found.fingerprint.equals(fingerprint)) {
      throw new AppError(
        'idempotency_key_reuse',
        'This Idempotency-Key was used with another body. Use a new key for a new request.',
      );
    }
    if (!found.answer_sealed) {
      throw new AppError(
        'answer_not_kept',
        'This request was carried out before; its answer was too long to be kept. Nothing was done now.',
      );
    }
    return { status: found.status, ...unpack(seal.open(found.answer_sealed, id.toString('hex'))) };
  }

  function firstRequest(
    context: Context,
    transaction: OpenTransaction,
    record: { id: Buffer; fingerprint: Buffer },
  ): FirstRequest {
    let open = true;
    const abandon = async () => {
      if (!open) return;
      open = false;
      await transaction.rollback();
    };
    return {
      abandon,
      async finish(answer) {
        if (!open) throw new Error('The request was given up.');
        open = false;
        try {
          await withContext(context, () =>
            insertRecord(db, {
              ...record,
              workspace_id: context.workspaceId,
              status: answer.status,
              answer_sealed: 'tooLong' in answer ? null : seal.seal(pack(answer), record.id.toString('hex')),
              created_at: now(),
            }),
          );
        } catch (error) {
          await transaction.rollback();
          throw error;
        }
        await transaction.commit();
      },
    };
  }

  return {
    async begin(context, request) {
      const id = recordId(request);
      const transaction = await withContext(context, () => database.openAmbient(context, onLate));
      try {
        const answer = await withContext(context, () => earlier(id, request.fingerprint));
        if (!answer) return { first: firstRequest(context, transaction, { id, fingerprint: request.fingerprint }) };
        await transaction.rollback();
        return { replay: answer };
      } catch (error) {
        await transaction.rollback();
        throw error;
      }
    },
  };
}

function recordId({ caller, method, url, key }: RepeatableRequest): Buffer {
  const parts = [caller.workspaceId, caller.environment, caller.kind, quotaOf(caller), method, url, key];
  // An app is one caller for limits. Its users are not one: none gets what it did for another.
  if (caller.kind === 'oauth' && caller.userId !== null) parts.push(caller.userId);
  return createHash('sha256').update(JSON.stringify(parts)).digest();
}

function pack({ contentType, location, body }: Answer): string {
  const bytes = typeof body !== 'string';
  return JSON.stringify([contentType, location, bytes ? body.toString('base64') : body, bytes]);
}

function unpack(text: string): Omit<Answer, 'status'> {
  const [contentType, location, body, bytes] = JSON.parse(text) as [string | null, string | null, string, boolean];
  return { contentType, location, body: bytes ? Buffer.from(body, 'base64') : body };
}
