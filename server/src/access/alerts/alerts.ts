/** Alerts: what the owners of a workspace should know of now. A row that stays, and a mail to every owner. */
import type { Db } from '../../db/open.ts';
import { storableText } from '../../db/text.ts';
import { type Environment, inTransaction, type Tx } from '../../db/tx.ts';
import { notFound } from '../../errors.ts';
import { isUuid, newId } from '../../ids.ts';
import { record } from '../audit/record.ts';
import type { Notify } from '../notify.ts';
import { ownersOf } from '../permissions/standing.ts';
import type { Principal } from '../principal.ts';
import {
  type AlertFilter,
  type AlertRow,
  countAlerts,
  findAlert,
  insertAlerts,
  keyOf,
  listAlerts,
  type Mark,
  markAcknowledged,
  takeMarks,
} from './queries.ts';

export interface NewAlert {
  readonly workspaceId: string;
  /** Of the key it is about; a key with alerts:read sees those of its own environment. */
  readonly environment?: Environment | null;
  /** `key_leaked`, `canary_used`, `new_network` … */
  readonly kind: string;
  readonly severity: 'info' | 'warning' | 'critical';
  /** One line, the mail's subject. */
  readonly title: string;
  /** Plain text, the mail's body. */
  readonly text: string;
  readonly keyId?: number | null;
  /** The same alert again within the window (default a day) is dropped. */
  readonly dedupe?: string;
  readonly windowMs?: number;
  /** For programs; no secrets. */
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Alert {
  readonly id: string;
  readonly kind: string;
  readonly severity: NewAlert['severity'];
  readonly title: string;
  readonly text: string;
  readonly environment: Environment | null;
  readonly key: { readonly number: number; readonly publicId: string; readonly name: string } | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
}

const DAY_MS = 86_400_000;
const MOST_COUNTED = 10_000;
const MAX_TITLE = 300;
const MAX_TEXT = 100_000;

export type Alerts = ReturnType<typeof createAlerts>;

export function createAlerts({ db, notify, now }: { db: Db; notify: Notify; now: () => Date }) {
  /** Those of `alerts` that nobody raised within their window. */
  async function unmarked(tx: Tx, alerts: readonly NewAlert[], at: Date): Promise<NewAlert[]> {
    const marks = new Map<string, Mark>();
    for (const { workspaceId, dedupe, windowMs = DAY_MS } of alerts) {
      if (dedupe === undefined) continue;
      const mark = { workspace_id: workspaceId, dedupe, until: new Date(at.getTime() + windowMs) };
      marks.set(keyOf(mark), mark);
    }
    if (marks.size === 0) return [...alerts];
    const taken = await takeMarks(tx, [...marks.values()], at);
    // Each mark serves one alert, also where one call has the same one twice.
    return alerts.filter(
      (one) => one.dedupe === undefined || taken.delete(keyOf({ workspace_id: one.workspaceId, dedupe: one.dedupe })),
    );
  }

  /** Stores alerts without mails. @returns those that were raised, not dropped as repeated. */
  async function store(tx: Tx, alerts: readonly NewAlert[]): Promise<NewAlert[]> {
    if (alerts.length === 0) return [];
    const at = now();
    const fresh = await unmarked(tx, alerts, at);
    const rows = fresh.map((one) => ({
      id: newId(at.getTime()),
      workspace_id: one.workspaceId,
      environment: one.environment ?? null,
      kind: one.kind,
      severity: one.severity,
      title: storableText(one.title.slice(0, MAX_TITLE)),
      text: storableText(one.text.slice(0, MAX_TEXT)),
      key_id: one.keyId ?? null,
      data: JSON.parse(storable(one.data)) as Record<string, unknown>,
    }));
    if (rows.length > 0) await insertAlerts(tx, rows, at);
    return fresh;
  }

  async function mail(
    tx: Tx,
    mails: readonly { workspaceId: string; kind: string; subject: string; text: string }[],
  ): Promise<void> {
    if (mails.length === 0) return;
    const owners = await ownersOf(tx, [...new Set(mails.map((one) => one.workspaceId))]);
    await notify(
      tx,
      mails.flatMap((one) => [...(owners.get(one.workspaceId) ?? [])].map((to) => ({ ...one, to }))),
    );
  }

  async function raiseAll(tx: Tx, alerts: readonly NewAlert[]): Promise<NewAlert[]> {
    const fresh = await store(tx, alerts);
    await mail(
      tx,
      fresh.map(({ workspaceId, kind, title, text }) => ({ workspaceId, kind: `alert:${kind}`, subject: title, text })),
    );
    return fresh;
  }

  return {
    /** A row and a mail to every owner, with `tx`. @returns false when it is a repetition within its window. */
    raise: async (tx: Tx, alert: NewAlert): Promise<boolean> => (await raiseAll(tx, [alert])).length > 0,
    raiseAll,
    /** For who writes mails of their own: rows only, and mails only. */
    store,
    mail,

    /** Newest first; `total` counts to 10,000. */
    async list(
      caller: Principal,
      { state, ...page }: { state?: AlertFilter['state']; limit: number; before: string | null },
    ): Promise<{ items: Alert[]; total: number }> {
      const filter = { ...visibleTo(caller), state };
      const rows = await listAlerts(db, filter, page);
      return { items: rows.map(toAlert), total: await countAlerts(db, filter, MOST_COUNTED) };
    },

    /** Repeating it changes nothing. @throws AppError not_found */
    async acknowledge(caller: Principal, id: string): Promise<Alert> {
      const filter = visibleTo(caller);
      return await inTransaction(db, async (tx) => {
        const before = isUuid(id) ? await findAlert(tx, filter, id) : null;
        if (!before) throw notFound('alert');
        if (!(await markAcknowledged(tx, filter, id, { label: caller.label, at: now() }))) return toAlert(before);
        await record(tx, {
          action: 'alert.acknowledged',
          target: { type: 'alert', id, name: before.title },
          workspaceId: caller.workspaceId,
          ...(before.environment && { environment: before.environment }),
        });
        return toAlert((await findAlert(tx, filter, id)) ?? before);
      });
    },
  };
}

/** A user sees the alerts of both environments; others those of their own. */
function visibleTo(caller: Principal): AlertFilter {
  return { workspaceId: caller.workspaceId, environment: caller.kind === 'user' ? null : caller.environment };
}

function storable(data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(data, (_name, value: unknown) => (typeof value === 'string' ? storableText(value) : value));
}

function toAlert(row: AlertRow): Alert {
  const { key_id, key_public_id, key_name } = row;
  return {
    id: row.id,
    kind: row.kind,
    severity: row.severity,
    title: row.title,
    text: row.text,
    environment: row.environment,
    key:
      key_id !== null && key_public_id !== null
        ? { number: key_id, publicId: key_public_id, name: key_name ?? '' }
        : null,
    data: row.data,
    createdAt: row.created_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: row.acknowledged_by,
  };
}
