/**
 * Whether addresses want messages, of a channel and of groups. Kept and answered; what sends mail does not ask it yet
 * (docs/segment-compatibility.md).
 */
import { record } from '../../access/audit/record.ts';
import type { Db } from '../../db/open.ts';
import { storableText } from '../../db/text.ts';
import { inTransaction, lockInTransaction, type Scope } from '../../db/tx.ts';
import { AppError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Address, Channel, Status, SubscriptionRow } from './queries.ts';
import * as queries from './queries.ts';

const MAX_ADDRESSES = 1_000;
const MAX_GROUPS = 1_000;
const MAX_NAME = 255;
const MAX_KEY = 512;

export interface Wish extends Address {
  readonly status?: Status | undefined;
  /** Replaces those that were stored. */
  readonly groups?: readonly { readonly name: string; readonly status: Status }[] | undefined;
}

export interface GroupStatus {
  readonly id: string;
  readonly name: string;
  readonly status: Status;
  readonly updatedAt: string;
}

export interface Subscription extends Address {
  readonly status: Status;
  readonly groups: readonly GroupStatus[];
  /** null: nothing is stored for the address. */
  readonly updatedAt: Date | null;
}

export interface Refused extends Address {
  readonly code: string;
  readonly message: string;
}

export type MessagingSubscriptions = ReturnType<typeof createMessagingSubscriptions>;

export function createMessagingSubscriptions({ db, now }: { db: Db; now: () => Date }) {
  function shown(row: SubscriptionRow, names: ReadonlyMap<string, string>): Subscription {
    const groups = Object.entries(row.groups).map(([id, group]) => ({ id, name: names.get(id) ?? '', ...group }));
    return { type: row.type, key: row.key, status: row.status, groups, updatedAt: row.updated_at };
  }

  return {
    /** @returns one for each address that can be one, in their order. @throws AppError validation_error for too many. */
    async read(scope: Scope, addresses: readonly Address[]) {
      bounded(addresses);
      const { good, refused } = sorted(addresses);
      const [rows, ids] = await Promise.all([queries.findSubscriptions(db, scope, good), queries.groupIds(db, scope)]);
      const names = new Map([...ids].map(([name, id]) => [id, name]));
      const stored = new Map(rows.map((row) => [keyOf(row), shown(row, names)]));
      const nothing = { status: 'DID_NOT_SUBSCRIBE', groups: [], updatedAt: null } as const;
      const found = good.map(({ type, key }) => stored.get(keyOf({ type, key })) ?? { type, key, ...nothing });
      return { found, refused };
    },

    /** All that can be stored are, in one transaction. @throws AppError validation_error for too many of anything. */
    async replace(scope: Scope, wishes: readonly Wish[]) {
      bounded(wishes);
      const { good, refused } = sorted(wishes);
      const found = await inTransaction(db, async (tx) => {
        // Groups are made once, and two calls about the same addresses come one after the other.
        await lockInTransaction(tx, `subscriptions ${scope.workspaceId}`);
        const ids = await queries.groupIds(tx, scope);
        for (const { name } of good.flatMap(({ groups = [] }) => groups)) {
          if (ids.has(name)) continue;
          if (ids.size >= MAX_GROUPS) throw tooMany(`There are at most ${MAX_GROUPS} subscription groups.`);
          const id = newId();
          await queries.insertGroup(tx, scope, { id, name });
          ids.set(name, id);
        }
        const rows = new Map((await queries.findSubscriptions(tx, scope, good)).map((row) => [keyOf(row), row]));
        const at = now();
        for (const { type, key, status, groups } of good) {
          const before = rows.get(keyOf({ type, key }));
          const next = groups
            ? Object.fromEntries(
                groups.map((group) => [
                  ids.get(group.name) ?? '',
                  { status: group.status, updatedAt: at.toISOString() },
                ]),
              )
            : (before?.groups ?? {});
          const wants = Object.values(next).some((group) => group.status === 'SUBSCRIBED');
          const whole = status ?? before?.status ?? (wants ? 'SUBSCRIBED' : 'DID_NOT_SUBSCRIBE');
          rows.set(keyOf({ type, key }), { type, key, status: whole, groups: next, updated_at: at });
        }
        await queries.putSubscriptions(tx, scope, [...rows.values()]);
        await record(tx, {
          action: 'messaging-subscriptions.updated',
          target: { type: 'space', id: scope.workspaceId, name: scope.environment },
          // Addresses are people's: their number says enough.
          after: { addresses: rows.size },
          environment: scope.environment,
        });
        const names = new Map([...ids].map(([name, id]) => [id, name]));
        return [...rows.values()].map((row) => shown(row, names));
      });
      return { found, refused };
    },
  };
}

function keyOf({ type, key }: Address): string {
  return `${type} ${key}`;
}

const EMAIL = /^[^\s@]{1,64}@[^\s@]{1,255}$/;
const PHONE = /^\+?[0-9]{7,15}$/;

function problemOf(type: Channel, key: string): { code: string; message: string } | null {
  const storable = key.length > 0 && key.length <= MAX_KEY && storableText(key) === key;
  if (type === 'EMAIL')
    return storable && EMAIL.test(key) ? null : { code: 'INVALID_EMAIL', message: 'Email is not valid' };
  if (type === 'SMS' || type === 'WHATSAPP')
    return storable && PHONE.test(key) ? null : { code: 'INVALID_PHONE', message: 'Phone number is not valid' };
  return storable ? null : { code: 'INVALID_TOKEN', message: 'Push token is not valid' };
}

function sorted<T extends Address>(addresses: readonly T[]): { good: T[]; refused: Refused[] } {
  const good: T[] = [];
  const refused: Refused[] = [];
  for (const address of addresses) {
    const { type, key } = address;
    const problem = problemOf(type, key);
    if (problem) refused.push({ type, key: key.slice(0, MAX_KEY), ...problem });
    else good.push(address);
  }
  return { good, refused };
}

function bounded(wishes: readonly Wish[]): void {
  if (wishes.length > MAX_ADDRESSES) throw tooMany(`must have at most ${MAX_ADDRESSES} items`);
  const names = wishes.flatMap(({ groups = [] }) => groups.map(({ name }) => name));
  if (names.some((name) => name === '' || name.length > MAX_NAME))
    throw tooMany(`must have groups with names of 1 to ${MAX_NAME} characters`);
  if (wishes.some(({ groups = [] }) => groups.length > 100)) throw tooMany('must have at most 100 groups an address');
}

function tooMany(what: string): AppError {
  const message = `"subscriptions" ${what}`;
  return new AppError('validation_error', message, { fields: [{ field: 'subscriptions', message }] });
}
