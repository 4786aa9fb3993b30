/** Transactional mail: accepts one message to one person, rendered and durable before the answer; the sender does the rest. */
import { createHash } from 'node:crypto';
import type { SendingAllowance } from '../access/brakes/caps.ts';
import { type Principal, scopeOf } from '../access/principal.ts';
import { afterCommit } from '../context.ts';
import type { Db } from '../db/open.ts';
import { type Executor, inTransaction, type Scope } from '../db/tx.ts';
import { AppError, invalidField, notFound } from '../errors.ts';
import { isUuid, newId } from '../ids.ts';
import { capture } from '../outbound/sandbox.ts';
import { plainAddress } from './address.ts';
import {
  countMessages,
  countMessagesOfKey,
  countMessagesOfKeys,
  findByIdempotencyKey,
  findMessage,
  insertMessage,
  listMessages,
  type MessageDetail,
  type MessageFilter,
  type MessageItem,
} from './queries.ts';
import { type Renderer, type Variables, variablesText } from './render.ts';
import type { Templates } from './templates.ts';

export interface SendRequest {
  /** A slug or an id; exactly one of the two. */
  readonly templateSlug: string | null;
  readonly templateId: string | null;
  readonly to: string;
  readonly variables: Variables;
  /** 1–255 visible ASCII characters. The same key and request send once, for as long as the message is kept. */
  readonly idempotencyKey: string | null;
}

export interface SendAnswer {
  readonly id: string;
  readonly status: 'queued' | 'captured';
  /** The answer of an earlier request with the same key; nothing was sent now. */
  readonly replayed: boolean;
}

export interface Emails {
  /**
   * Resolves once the message is committed.
   * @throws AppError validation_error, not_found (template), smtp_not_configured, idempotency_key_reuse
   */
  send(caller: Principal, request: SendRequest): Promise<SendAnswer>;
  /** Newest first; `total` counts to 10,000. */
  list(scope: Scope, filter: MessageFilter, limit: number): Promise<{ items: MessageItem[]; total: number }>;
  /** @throws AppError not_found */
  get(scope: Scope, id: string): Promise<MessageDetail>;
  /** Messages that a key made from `from` up to and not with `to`. */
  /** The same for many keys, with the caller's executor. */
  countByKeys(db: Executor, keyIds: readonly number[], since: Date): Promise<ReadonlyMap<number, number>>;
  countByKey(workspaceId: string, keyId: number, from: Date, to: Date): Promise<number>;
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,255}$/;
const MOST_COUNTED = 10_000;

export function createEmails(parts: {
  db: Db;
  templates: Templates;
  renderer: Renderer;
  from: string;
  /** Without angle brackets. */
  messageIdOf: (id: string) => string;
  /** Without it live mail is refused; test mail is captured all the same. */
  smtpConfigured: boolean;
  /** Spends what the caller may send; throws when that is nothing. */
  allowance: SendingAllowance;
  now: () => Date;
  /** Called after a live message is committed. */
  wake: () => void;
  onCaptured: () => void;
}): Emails {
  const { db, templates, renderer, now } = parts;

  /** The earlier answer to the same key. @throws AppError idempotency_key_reuse when the request was another */
  async function replay(scope: Scope, key: string, hash: Buffer): Promise<SendAnswer | null> {
    const earlier = await findByIdempotencyKey(db, scope, key);
    if (!earlier) return null;
    if (!earlier.request_hash.equals(hash)) {
      throw new AppError(
        'idempotency_key_reuse',
        'This idempotency key was used with another request. Use a new key for a new message.',
      );
    }
    return { id: earlier.id, status: firstStatus(scope), replayed: true };
  }

  return {
    async send(caller, request) {
      const scope = scopeOf(caller);
      const to = plainAddress(request.to);
      if (!to) throw invalidField('to', 'must be one plain email address, like name@example.org');
      const key = request.idempotencyKey;
      if (key !== null && !IDEMPOTENCY_KEY.test(key)) {
        throw invalidField('idempotency_key', 'must be 1 to 255 visible ASCII characters');
      }
      const named = request.templateSlug ?? request.templateId;
      if (named === null || (request.templateSlug !== null && request.templateId !== null)) {
        throw invalidField('template_slug', 'give template_slug or template_id, one of them');
      }
      if (request.templateId !== null && !isUuid(request.templateId))
        throw invalidField('template_id', 'must be an id');
      const hash = requestHash(named, to, request.variables);
      // Before the template is looked up: a replay answers the same although the template changed or went since.
      const earlier = key === null ? null : await replay(scope, key, hash);
      if (earlier) return earlier;

      const template = await templates.active(scope, named);
      const live = scope.environment === 'live';
      if (live && !parts.smtpConfigured) {
        throw new AppError('smtp_not_configured', 'No mail server is set up: start Headgate with SMTP_URL.');
      }
      const rendered = await renderer.render(template, request.variables);
      const id = newId();
      const from = parts.from;
      const inserted = await inTransaction(db, async (tx) => {
        const fresh = await insertMessage(tx, scope, {
          id,
          template_id: template.id,
          from_address: from,
          to_address: to,
          ...rendered,
          state: live ? 'queued' : 'captured',
          idempotency_key: key,
          request_hash: hash,
          created_by_key_id: caller.kind === 'key' ? caller.keyId : null,
          created_by_user_id: caller.kind === 'user' ? caller.userId : null,
          created_at: now(),
        });
        if (fresh) await parts.allowance(tx, caller, 1);
        if (fresh && !live) {
          const headers = { From: from, To: to, Subject: rendered.subject, 'Message-ID': `<${parts.messageIdOf(id)}>` };
          const content = { id, from, to, template: template.slug, headers, ...rendered };
          await capture(tx, scope, 'email', `${to}: ${rendered.subject}`, content);
        }
        return fresh;
      });
      if (!inserted) {
        // Another request with the same key was faster.
        const other = key === null ? null : await replay(scope, key, hash);
        if (other) return other;
        throw new AppError('conflict', 'The same request is being handled. Try again.');
      }
      await afterCommit(live ? parts.wake : parts.onCaptured);
      return { id, status: firstStatus(scope), replayed: false };
    },

    countByKeys: countMessagesOfKeys,

    countByKey: (...range) => countMessagesOfKey(db, ...range),

    async list(scope, filter, limit) {
      if (filter.to?.includes('\0')) return { items: [], total: 0 };
      const items = await listMessages(db, scope, filter, limit);
      return { items, total: await countMessages(db, scope, filter, MOST_COUNTED) };
    },

    async get(scope, id) {
      const row = isUuid(id) ? await findMessage(db, scope, id) : null;
      if (!row) throw notFound('email');
      return row;
    },
  };
}

function firstStatus(scope: Scope): 'queued' | 'captured' {
  return scope.environment === 'live' ? 'queued' : 'captured';
}

/** Of what the message is made from; the order of names in `variables` does not matter. */
function requestHash(template: string, to: string, variables: Variables): Buffer {
  // Checks the depth, which sorting by recursion relies on.
  const sorted = JSON.stringify(sortedByName(JSON.parse(variablesText(variables))));
  return createHash('sha256')
    .update(JSON.stringify([template, to, sorted]))
    .digest();
}

function sortedByName(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortedByName);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, sortedByName(item)]));
}
