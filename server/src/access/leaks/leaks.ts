/**
 * Leaked keys: who finds one in public tells us its text, which is the proof. It stops working, or only reads from then
 * on (the workspace's policy), and the owners hear where it was found, what it could do and what it did. All of one
 * report is one transaction. The same report again changes nothing and mails nobody.
 */
import { createHash } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { afterCommit, asSystem } from '../../context.ts';
import type { Db } from '../../db/open.ts';
import { storableText } from '../../db/text.ts';
import { type Executor, inTransaction, type Tx } from '../../db/tx.ts';
import { newId } from '../../ids.ts';
import type { Alerts, NewAlert } from '../alerts/alerts.ts';
import type { IdentifiedKey } from '../keys/check/key-index.ts';
import type { Principal } from '../principal.ts';
import {
  countLeaks,
  deedsOf,
  insertLeaks,
  type LeakListRow,
  leakActions,
  listLeaks,
  type NewLeakRow,
} from './queries.ts';
import { DETAILED, keyText, type LeakedKey, leakSubject, leakText } from './texts.ts';

export interface Finding {
  readonly token: string;
  /** Where: `commit`, `gist_content`, … lower case; `finder` where nobody said. */
  readonly source: string;
  /** May be empty. */
  readonly url: string;
  readonly note: string;
}

export interface Leak extends Omit<LeakListRow, 'token_hash'> {
  readonly token_hash: Buffer;
  readonly messages: number;
  readonly living_children: readonly string[];
  readonly last_used_at: Date | null;
  readonly last_used_ip: string | null;
}

/** Longer is no key of ours: the format has 57 characters with the longest prefix allowed for. */
const MAX_TOKEN = 100;
const MAX_SOURCE = 50;
const MAX_URL = 2_000;
const MAX_NOTE = 500;
const MAX_LABEL = 200;
const MOST_COUNTED = 10_000;
/** One mail for a key's leak, ever; places that are found later are in the list. */
const FOREVER_MS = 100 * 365 * 86_400_000;
/** The same key in URLs again is no news for this process. */
const URL_QUIET_MS = 60_000;
const MAX_QUIET = 10_000;

interface Did {
  readonly messages: ReadonlyMap<number, number>;
  readonly uses: ReadonlyMap<number, readonly string[]>;
}

const NOTHING: Did = { messages: new Map(), uses: new Map() };
const MESSAGE_DAYS = 90;

interface Found {
  readonly key: IdentifiedKey;
  readonly tokenHash: string;
  readonly places: Finding[];
}

export type Leaks = ReturnType<typeof createLeaks>;

export function createLeaks(parts: {
  db: Db;
  alerts: Pick<Alerts, 'raise' | 'store' | 'mail'>;
  keys: {
    identify(text: string): IdentifiedKey | null;
    refresh(): Promise<void>;
    /** Keys of any workspaces; those that are revoked already stay as they are. */
    revokeMany(tx: Tx, keyIds: readonly number[], reason: string): Promise<unknown>;
    quarantine(tx: Tx, keyId: number, reason: string): Promise<unknown>;
  };
  /** By key id: messages it made since then. */
  countMessages: (db: Executor, keyIds: readonly number[], since: Date) => Promise<ReadonlyMap<number, number>>;
  /** A key's latest requests, one line each, newest first. */
  latestUses: (key: { keyId: number; workspaceId: string }) => Promise<readonly string[]>;
  now: () => Date;
  log: Pick<FastifyBaseLogger, 'error'>;
}) {
  const { db, alerts, keys, countMessages, latestUses, now, log } = parts;
  const quiet = new Map<number, number>();
  const running = new Set<Promise<void>>();

  /** Distinct keys of ours among the findings, each with the places it was seen at. */
  function keysAmong(findings: readonly Finding[]): Map<number, Found> {
    const found = new Map<number, Found>();
    const seen = new Map<string, IdentifiedKey | null>();
    for (const finding of findings) {
      const { token } = finding;
      if (token.length > MAX_TOKEN) continue;
      let key = seen.get(token);
      if (key === undefined) {
        key = keys.identify(token);
        seen.set(token, key);
      }
      if (!key) continue;
      const known = found.get(key.keyId);
      if (known) known.places.push(finding);
      else found.set(key.keyId, { key, tokenHash: sha256(token), places: [finding] });
    }
    return found;
  }

  async function act(
    tx: Tx,
    found: readonly Found[],
    reportedBy: NewLeakRow['reported_by'],
    uses: ReadonlyMap<number, readonly string[]>,
  ): Promise<void> {
    const at = now();
    const policies = await leakActions(tx, [...new Set(found.map(({ key }) => key.workspaceId))]);
    const actionOf = ({ key }: Found): NewLeakRow['action'] => {
      if (key.state === 'revoked' || key.state === 'expired') return 'none';
      return policies.get(key.workspaceId) === 'quarantine' ? 'quarantined' : 'revoked';
    };
    const reason = `found in public (${reportedBy})`;
    // What it did, before it is changed; a report can come again and again, and only the first tells of a key.
    const ids = found.map(({ key }) => key.keyId);
    const fresh = await alerts.store(
      tx,
      found.map((one) => alertOf(one, actionOf(one), at)),
    );
    const deeds = await deedsOf(tx, fresh.length > 0 ? ids : []);
    const messages = await countMessages(tx, fresh.length > 0 ? ids : [], daysBefore(at, MESSAGE_DAYS));

    await insertLeaks(
      tx,
      found.flatMap((one) => leakRows(one, reportedBy, actionOf(one), at)),
      at,
    );
    const revoked = found.filter((one) => actionOf(one) === 'revoked').map(({ key }) => key.keyId);
    if (revoked.length > 0) await keys.revokeMany(tx, revoked, reason);
    for (const one of found) {
      if (actionOf(one) === 'quarantined' && one.key.state !== 'quarantined') {
        await keys.quarantine(tx, one.key.keyId, reason);
      }
    }

    const told = new Set(fresh.map((one) => one.keyId));
    const byWorkspace = Map.groupBy(
      found.filter(({ key }) => told.has(key.keyId)),
      ({ key }) => key.workspaceId,
    );
    await alerts.mail(
      tx,
      [...byWorkspace].map(([workspaceId, ones]) => {
        const leaked = ones.map((one) => describe(one, actionOf(one), deeds.get(one.key.keyId), { messages, uses }));
        return { workspaceId, kind: 'leak', subject: leakSubject(leaked), text: leakText(leaked) };
      }),
    );
  }

  /**
   * Acts on what was found. When it resolves, this process refuses the keys; others do within half a second.
   * @returns for each distinct token its SHA-256 in hex and whether it is a key of ours, working or not.
   */
  async function report(
    findings: readonly Finding[],
    reportedBy: 'github' | 'finder',
  ): Promise<{ tokenHash: string; known: boolean }[]> {
    // Keys that another process made a moment ago are known from here on.
    await keys.refresh();
    const clean = findings.map(bounded);
    const found = keysAmong(clean);
    if (found.size > 0) {
      const sorted = [...found.values()].sort((a, b) => a.key.keyId - b.key.keyId);
      await asSystem(async () => {
        const uses = new Map<number, readonly string[]>();
        for (const { key } of sorted.slice(0, DETAILED)) {
          if (key.state !== 'revoked') uses.set(key.keyId, await latestUses(key));
        }
        await inTransaction(db, (tx) => act(tx, sorted, reportedBy, uses));
      });
      await afterCommit(keys.refresh);
    }
    const ours = new Set([...found.values()].map((one) => one.tokenHash));
    const hashes = new Set(clean.map((finding) => sha256(finding.token)));
    return [...hashes].map((tokenHash) => ({ tokenHash, known: ours.has(tokenHash) }));
  }

  return {
    report,

    /**
     * A request carried this key in its URL. The owners of a working one are told, once a day, behind the request.
     * @param seen.route the route's pattern; the URL itself holds the key.
     */
    seenInUrl(token: string, seen: { ip: string; route: string }): void {
      const letters = token.indexOf('_');
      let key: IdentifiedKey | null = null;
      // `xsk_live_…`: what stands before a key may be letters too.
      for (let i = 0; i < letters && !key; i++) key = keys.identify(token.slice(i));
      if (!key || key.state === 'revoked' || key.state === 'expired') return;
      const at = now().getTime();
      if (at - (quiet.get(key.keyId) ?? 0) < URL_QUIET_MS) return;
      if (quiet.size >= MAX_QUIET) quiet.clear();
      quiet.set(key.keyId, at);
      const { keyId, publicId, workspaceId, environment, label } = key;
      const work = asSystem(() =>
        inTransaction(db, (tx) =>
          alerts.raise(tx, {
            workspaceId,
            environment,
            kind: 'key_in_url',
            severity: 'warning',
            title: `API key "${label}" (${publicId}) was sent in a URL`,
            text:
              `A request from ${seen.ip} carried the API key "${label}" (${publicId}, ${environment}) in its URL. ` +
              'It was refused. URLs are kept in histories, logs and proxies: make a new key, send it in a header, and ' +
              'revoke this one.',
            keyId,
            dedupe: `url:${keyId}`,
            data: { ip: seen.ip, route: seen.route },
          }),
        ),
      )
        .then(() => {})
        .catch((err: unknown) => log.error({ err }, 'leaks: a key in a URL was not told'))
        .finally(() => running.delete(work));
      running.add(work);
    },

    /** Resolves when what was seen in URLs is written. */
    async settled(): Promise<void> {
      await Promise.all(running);
    },

    /** Newest first, each with what its key could do and did; `total` counts to 10,000. */
    async list(
      caller: Principal,
      page: { limit: number; before: string | null },
    ): Promise<{ items: Leak[]; total: number }> {
      const environment = caller.kind === 'user' ? null : caller.environment;
      const filter = { workspaceId: caller.workspaceId, environment };
      const rows = await listLeaks(db, filter, page);
      const ids = [...new Set(rows.map((row) => row.key_id))];
      const deeds = await deedsOf(db, ids);
      const messages = await countMessages(db, ids, daysBefore(now(), MESSAGE_DAYS));
      const items = rows.map((row) => {
        const deed = deeds.get(row.key_id);
        return {
          ...row,
          messages: messages.get(row.key_id) ?? 0,
          living_children: deed?.living_children ?? [],
          last_used_at: deed?.last_used_at ?? null,
          last_used_ip: deed?.last_used_ip ?? null,
        };
      });
      return { items, total: await countLeaks(db, filter, MOST_COUNTED) };
    },
  };
}

function alertOf(one: Found, action: NewLeakRow['action'], at: Date): NewAlert {
  const { key, places } = one;
  const leaked = describe(one, action, undefined, NOTHING);
  return {
    workspaceId: key.workspaceId,
    environment: key.environment,
    kind: 'key_leaked',
    severity: action === 'none' ? 'info' : 'critical',
    title: leakSubject([leaked]),
    text: keyText(leaked).split('\n\nWhat it did:')[0] ?? '',
    keyId: key.keyId,
    dedupe: `leak:${key.keyId}`,
    windowMs: FOREVER_MS,
    data: {
      action,
      found_at: at.toISOString(),
      places: places.slice(0, 10).map(({ source, url }) => ({ source, url })),
    },
  };
}

function leakRows(
  { key, tokenHash, places }: Found,
  reportedBy: NewLeakRow['reported_by'],
  action: NewLeakRow['action'],
  at: Date,
): NewLeakRow[] {
  const rows = new Map<string, NewLeakRow>();
  for (const { source, url, note } of places) {
    const place = sha256(JSON.stringify([reportedBy, source, url]));
    rows.set(place, {
      id: newId(at.getTime()),
      workspace_id: key.workspaceId,
      environment: key.environment,
      key_id: key.keyId,
      token_hash: tokenHash,
      reported_by: reportedBy,
      source,
      url,
      note,
      place,
      action,
    });
  }
  return [...rows.values()];
}

function describe(
  { key, places }: Found,
  action: NewLeakRow['action'],
  deeds:
    | { created_at: Date; last_used_at: Date | null; last_used_ip: string | null; living_children: readonly string[] }
    | undefined,
  did: Did,
): LeakedKey {
  const { keyId, publicId, environment, principal } = key;
  return {
    publicId,
    label: key.label.slice(0, MAX_LABEL),
    environment,
    action,
    scopes: [...principal.scopes],
    fullAccess: principal.fullAccess,
    maySend: principal.maySend,
    allowedIps: principal.addresses?.texts ?? [],
    places,
    createdAt: deeds?.created_at ?? null,
    lastUsedAt: deeds?.last_used_at ?? null,
    lastUsedIp: deeds?.last_used_ip ?? null,
    messages: did.messages.get(keyId) ?? 0,
    livingChildren: deeds?.living_children ?? [],
    lastUses: did.uses.get(keyId) ?? [],
  };
}

function bounded({ token, source, url, note }: Finding): Finding {
  return {
    token,
    source: storableText(source.slice(0, MAX_SOURCE)).toLowerCase() || 'unknown',
    url: storableText(url.slice(0, MAX_URL)),
    note: storableText(note.slice(0, MAX_NOTE)),
  };
}

function daysBefore(at: Date, days: number): Date {
  return new Date(at.getTime() - days * 86_400_000);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
