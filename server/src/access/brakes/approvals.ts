/**
 * A second person's approval of a send. A key over its number is refused with the id of an approval; an owner or admin
 * who did not make the key decides; the same request then names the id and is let through once.
 */
import { createHash } from 'node:crypto';
import { asSystem, type Context, currentContext } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { storableText } from '../../db/text.ts';
import { type Environment, inTransaction, type Tx } from '../../db/tx.ts';
import { AppError, notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import type { Alerts } from '../alerts/alerts.ts';
import { record } from '../audit/record.ts';
import { type KeyPrincipal, type Principal, personOf } from '../principal.ts';
import {
  type ApprovalFilter,
  type ApprovalRow,
  countApprovals,
  decideApproval,
  findApproval,
  findPending,
  insertApproval,
  listApprovals,
  makersOf,
  redeemApproval,
} from './approval-queries.ts';

/** The request that a send is part of; the door notes it before its handler runs. */
export interface SendRequest {
  /** `POST /api/v1/emails/send`: for people, and part of what an approval is bound to. */
  readonly route: string;
  readonly path: string;
  readonly body: unknown;
  /** What X-Headgate-Approval names. */
  readonly approvalId: string | null;
}

export interface Approval {
  readonly id: string;
  readonly state: ApprovalRow['state'] | 'expired';
  readonly environment: Environment;
  readonly key: { readonly number: number; readonly publicId: string; readonly name: string };
  readonly route: string;
  readonly recipients: number;
  readonly requestedAt: Date;
  readonly expiresAt: Date;
  readonly decidedAt: Date | null;
  readonly decidedBy: string | null;
  readonly note: string;
  readonly usedAt: Date | null;
}

/** For the decision, and after it for the send. */
const LIFE_MS = 24 * 3_600_000;
/** Of one key at once; who has more has a loop that does not listen. */
const MAX_PENDING = 50;
const MOST_COUNTED = 10_000;

interface Wanted {
  readonly id: string;
  readonly key: KeyPrincipal;
  readonly route: string;
  readonly fingerprint: Buffer;
  readonly recipients: number;
}

export type Approvals = ReturnType<typeof createApprovals>;

export function createApprovals({ db, alerts, now }: { db: Db; alerts: Pick<Alerts, 'raise'>; now: () => Date }) {
  // By the request's context: features that send know neither headers nor routes.
  const requests = new WeakMap<Context, SendRequest>();
  const wanted = new WeakMap<Context, Wanted>();

  return {
    note(context: Context, request: SendRequest): void {
      requests.set(context, request);
    },

    /** @throws AppError approval_required with the id of what has to be approved. */
    async redeem(tx: Tx, caller: KeyPrincipal, recipients: number): Promise<void> {
      const context = currentContext();
      const request = context && requests.get(context);
      // A send without a request that could be repeated has nothing an approval could be bound to.
      if (!context || !request) {
        throw new AppError(
          'approval_required',
          'A send to so many needs approval, which this way of sending cannot have.',
        );
      }
      const at = now();
      const { approvalId, route } = request;
      const fingerprint = fingerprintOf(request);
      const { lineage, workspaceId } = caller;
      if (approvalId !== null && isUuid(approvalId)) {
        const by = { id: approvalId, workspaceId, lineage, route, fingerprint, recipients, at };
        if (await redeemApproval(tx, by)) return;
        const named = await findApproval(tx, { workspaceId, environment: caller.environment }, approvalId);
        const same = named !== null && named.lineage === lineage && named.fingerprint.equals(fingerprint);
        if (same && named.state === 'rejected') {
          throw new AppError('approval_required', `${named.decided_by ?? 'Somebody'} rejected this send.`, {
            approvalId,
          });
        }
      }
      const pending = await findPending(tx, { lineage, fingerprint, at });
      const id = pending?.id ?? newId(at.getTime());
      if (!pending) wanted.set(context, { id, key: caller, route, fingerprint, recipients });
      throw new AppError(
        'approval_required',
        `A send to ${recipients} needs the approval of a second person. Repeat the same request with ` +
          `"X-Headgate-Approval: ${id}" once an owner or admin who did not make this key has approved it.`,
        { approvalId: id },
      );
    },

    /** Whether `save` has something to do. */
    isWanted: (context: Context): boolean => wanted.has(context),

    /** Stores the approval that a refused request asked for; outside of its transaction, which was rolled back. */
    async save(context: Context): Promise<void> {
      const want = wanted.get(context);
      if (!want) return;
      wanted.delete(context);
      const { id, key, route, fingerprint, recipients } = want;
      const at = now();
      await asSystem(() =>
        inTransaction(db, async (tx) => {
          const row = {
            id,
            workspace_id: key.workspaceId,
            environment: key.environment,
            key_id: key.keyId,
            lineage: key.lineage,
            route,
            fingerprint,
            recipients,
            requested_at: at,
            expires_at: new Date(at.getTime() + LIFE_MS),
          };
          if (!(await insertApproval(tx, row, MAX_PENDING))) return;
          await alerts.raise(tx, {
            workspaceId: key.workspaceId,
            environment: key.environment,
            kind: 'approval_requested',
            severity: 'info',
            title: `API key "${key.label}" (${key.publicId}) asks for approval of a send to ${recipients}`,
            text:
              `The API key "${key.label}" (${key.publicId}, ${key.environment}) wants to send to ${recipients} recipients ` +
              `by ${route}. An owner or admin who did not make the key can approve or reject it within 24 hours: ${id}.`,
            keyId: key.keyId,
            data: { approval_id: id, recipients, route },
          });
        }),
      );
    },

    /** Newest first; `total` counts to 10,000. */
    async list(
      caller: Principal,
      { state, ...page }: { state?: ApprovalRow['state'] | undefined; limit: number; before: string | null },
    ): Promise<{ items: Approval[]; total: number }> {
      const filter = { ...visibleTo(caller), state };
      const rows = await listApprovals(db, filter, page);
      return {
        items: rows.map((row) => toApproval(row, now())),
        total: await countApprovals(db, filter, MOST_COUNTED),
      };
    },

    /**
     * @throws AppError not_found; forbidden for keys, for who made the key, and for who may not send; invalid_state when
     * it is decided or too old.
     */
    async decide(caller: Principal, id: string, state: 'approved' | 'rejected', note: string): Promise<Approval> {
      const filter = visibleTo(caller);
      return await inTransaction(db, async (tx) => {
        const row = isUuid(id) ? await findApproval(tx, filter, id) : null;
        if (!row) throw notFound('approval');
        const person = personOf(caller);
        if (!person.maySend || (person.role !== 'owner' && person.role !== 'admin')) {
          throw new AppError('forbidden', 'Only an owner or admin who may send decides about sends.');
        }
        if ((await makersOf(tx, row.lineage)).has(person.userId)) {
          throw new AppError('forbidden', 'You made this key, so somebody else has to decide.');
        }
        const at = now();
        const expiresAt = new Date(at.getTime() + LIFE_MS);
        const decision = { state, userId: person.userId, label: person.label, note: storableText(note), at, expiresAt };
        if (!(await decideApproval(tx, id, decision))) {
          throw new AppError('invalid_state', 'This approval is decided already, or too old.');
        }
        await record(tx, {
          action: `approval.${state}`,
          target: { type: 'approval', id, name: `${row.route} by ${row.key_public_id}` },
          before: { state: 'pending' },
          after: { state, recipients: row.recipients, note: decision.note },
          workspaceId: row.workspace_id,
          environment: row.environment,
        });
        return toApproval((await findApproval(tx, filter, id)) ?? row, at);
      });
    },
  };
}

/** A user sees those of both environments; others those of their own. */
function visibleTo(caller: Principal): ApprovalFilter {
  return { workspaceId: caller.workspaceId, environment: caller.kind === 'user' ? null : caller.environment };
}

/** Of what is sent: names in objects in any order are the same request. */
function fingerprintOf({ route, path, body }: SendRequest): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([route, path, inOrder(body)]))
    .digest();
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, inOrder(item)]));
}

function toApproval(row: ApprovalRow, at: Date): Approval {
  const open = row.state === 'pending' || row.state === 'approved';
  return {
    id: row.id,
    state: open && row.expires_at <= at ? 'expired' : row.state,
    environment: row.environment,
    key: { number: row.key_id, publicId: row.key_public_id, name: row.key_name },
    route: row.route,
    recipients: row.recipients,
    requestedAt: row.requested_at,
    expiresAt: row.expires_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    note: row.note,
    usedAt: row.used_at,
  };
}
