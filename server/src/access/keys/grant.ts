/**
 * What a key may be given: never more than its maker has, in scopes, environment, sending, life, networks, rate and caps.
 * What a request leaves out is taken over from the maker, so that a narrow key makes narrow ones by itself.
 */
import type { Environment } from '../../db/tx.ts';
import { AppError, invalidField } from '../../errors.ts';
import { within } from '../permissions/permission.ts';
import type { Permission } from '../permissions/types.ts';
import { DEFAULT_RATE_PER_MINUTE, type Principal } from '../principal.ts';
import { allowedScopes, isScopeName, OWNERS_SCOPES, SCOPE_NAMES, type ScopeName } from '../scopes.ts';
import { lieWithin, normalRanges } from './check/addresses.ts';
import type { KeyRights, KeyRow } from './queries.ts';

/** `undefined`: as the maker has it (a new key), or as it was (a change); null: none. */
export interface RightsRequest {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  /** Empty or `['*']`: full access. */
  readonly scopes?: readonly string[] | undefined;
  readonly maySend?: boolean | undefined;
  readonly agent?: boolean | undefined;
  readonly expiresAt?: Date | null | undefined;
  readonly allowedIps?: readonly string[] | undefined;
  readonly ratePerMinute?: number | null | undefined;
  readonly recipientsPerSend?: number | null | undefined;
  readonly recipientsPerDay?: number | null | undefined;
  readonly approvalAbove?: number | null | undefined;
  readonly shadowScopes?: readonly string[] | null | undefined;
  /** Checked (permissions/input.ts). null: what the scopes say. */
  readonly permissions?: readonly Permission[] | null | undefined;
}

export interface Rights extends KeyRights {
  environment: Environment;
  canary: boolean;
}

/** The most a caller can give. */
export interface Bounds {
  /** null: both. */
  readonly environment: Environment | null;
  readonly scopes: ReadonlySet<ScopeName>;
  readonly fullAccess: boolean;
  readonly maySend: boolean;
  /** An agent makes only keys for agents. */
  readonly agent: boolean;
  readonly endsAt: Date | null;
  readonly allowedIps: readonly string[];
  readonly ratePerMinute: number | null;
  readonly recipientsPerSend: number | null;
  readonly recipientsPerDay: number | null;
  readonly approvalAbove: number | null;
  /** null: no bound. */
  readonly permissions: readonly Permission[] | null;
}

/** @param row the key itself as its row says, where the caller is one: the principal may be half a second old. */
export function boundsOf(caller: Principal, row: KeyRow | null): Bounds {
  if (row) return boundsOfKey(row);
  // An app that was allowed in could be thrown out again; a key that it made would stay.
  if (caller.kind !== 'user') throw new AppError('forbidden', 'An OAuth app cannot make API keys.');
  const owner = caller.role === 'owner';
  return {
    environment: null,
    scopes: owner ? caller.scopes : new Set([...caller.scopes].filter((scope) => !OWNERS_SCOPES.has(scope))),
    fullAccess: owner,
    maySend: caller.maySend,
    agent: false,
    endsAt: null,
    allowedIps: [],
    ratePerMinute: null,
    recipientsPerSend: null,
    recipientsPerDay: null,
    approvalAbove: null,
    permissions: null,
  };
}

export function boundsOfKey(row: KeyRow): Bounds {
  const fullAccess = row.scopes.length === 0 && !row.canary;
  return {
    environment: row.environment,
    scopes: allowedScopes(fullAccess ? SCOPE_NAMES : row.scopes),
    fullAccess,
    maySend: row.may_send,
    agent: row.agent,
    endsAt: endOf(row),
    allowedIps: row.allowed_ips,
    ratePerMinute: row.rate_per_minute ?? DEFAULT_RATE_PER_MINUTE,
    recipientsPerSend: row.recipients_per_send,
    recipientsPerDay: row.recipients_per_day,
    approvalAbove: row.approval_above,
    permissions: row.permissions,
  };
}

/** The earlier of expiry and retirement. */
export function endOf(row: { expires_at: Date | null; retires_at: Date | null }): Date | null {
  const { expires_at, retires_at } = row;
  if (!expires_at || !retires_at) return expires_at ?? retires_at;
  return new Date(Math.min(expires_at.getTime(), retires_at.getTime()));
}

/** Reads a request for a new key. @throws AppError validation_error. */
export function newRights(
  request: RightsRequest & { name: string },
  place: { environment: Environment; canary: boolean },
  bounds: Bounds,
): Rights {
  return withRequest(request, {
    ...place,
    name: request.name,
    description: '',
    scopes: [],
    may_send: false,
    agent: bounds.agent,
    expires_at: bounds.endsAt,
    allowed_ips: [...bounds.allowedIps],
    rate_per_minute: bounds.ratePerMinute === DEFAULT_RATE_PER_MINUTE ? null : bounds.ratePerMinute,
    recipients_per_send: bounds.recipientsPerSend,
    recipients_per_day: bounds.recipientsPerDay,
    approval_above: bounds.approvalAbove,
    shadow_scopes: null,
    permissions: bounds.permissions,
  });
}

/** What a key has, with what a request changes. @throws AppError validation_error. */
export function withRequest(request: RightsRequest, old: Rights): Rights {
  const or = <T>(value: T | undefined, otherwise: T): T => (value === undefined ? otherwise : value);
  const { shadowScopes } = request;
  const rights: Rights = {
    environment: old.environment,
    canary: old.canary,
    name: or(request.name, old.name),
    description: or(request.description, old.description),
    scopes: request.scopes ? readScopes(request.scopes, 'scopes') : old.scopes,
    may_send: or(request.maySend, old.may_send),
    agent: or(request.agent, old.agent),
    expires_at: or(request.expiresAt, old.expires_at),
    allowed_ips: request.allowedIps ? normalRanges(request.allowedIps, 'allowed_ips') : old.allowed_ips,
    rate_per_minute: or(request.ratePerMinute, old.rate_per_minute),
    recipients_per_send: or(request.recipientsPerSend, old.recipients_per_send),
    recipients_per_day: or(request.recipientsPerDay, old.recipients_per_day),
    approval_above: or(request.approvalAbove, old.approval_above),
    shadow_scopes: shadowScopes ? readScopes(shadowScopes, 'shadow_scopes') : or(shadowScopes, old.shadow_scopes),
    permissions: or(request.permissions, old.permissions),
  };
  if (rights.agent && rights.may_send) {
    throw invalidField('may_send', 'a key for an agent can never send; make another key for sending');
  }
  if (rights.canary && (rights.scopes.length > 0 || rights.may_send || rights.shadow_scopes)) {
    throw invalidField('canary', 'a canary has no rights; leave out scopes, may_send and shadow_scopes');
  }
  const { scopes, shadow_scopes } = rights;
  if (rights.permissions && !scopes.some((scope) => scope === 'workspace' || scope === 'workspace:read')) {
    throw invalidField('permissions', 'name the scope workspace or workspace:read, which they narrow');
  }
  const beyond = scopes.length === 0 ? [] : (shadow_scopes ?? []).filter((scope) => !scopes.includes(scope));
  if (beyond.length > 0) throw invalidField('shadow_scopes', `the key itself lacks ${beyond.join(', ')}`);
  return rights;
}

function readScopes(names: readonly string[], field: string): ScopeName[] {
  if (field === 'scopes' && names.length === 1 && names[0] === '*') return [];
  const scopes = new Set<ScopeName>();
  for (const name of names) {
    if (!isScopeName(name)) {
      throw invalidField(field, `there is no scope "${name.slice(0, 100)}"; GET /api/v1/scopes lists all`);
    }
    scopes.add(name);
  }
  return [...scopes];
}

/** @throws AppError insufficient_scope, send_not_allowed, forbidden: the rights are more than the bounds. */
export function refuseBeyond(bounds: Bounds, rights: Rights): void {
  if (bounds.environment !== null && rights.environment !== bounds.environment) {
    throw new AppError('forbidden', `A ${bounds.environment} key can only make ${bounds.environment} keys.`);
  }
  refuseScopes(bounds, rights);
  if (rights.may_send && !bounds.maySend) {
    throw new AppError('send_not_allowed', 'Only a caller that may send can make a key that may send.');
  }
  if (bounds.agent && !rights.agent) throw beyond('agent', 'a key of an agent makes only keys for agents');
  if (bounds.endsAt && !(rights.expires_at && rights.expires_at <= bounds.endsAt)) {
    throw beyond('expires_at', 'a key cannot outlive the one that makes it');
  }
  if (!lieWithin(rights.allowed_ips, bounds.allowedIps)) {
    throw beyond('allowed_ips', 'a key cannot be used from networks that its maker cannot be used from');
  }
  const rate = rights.rate_per_minute ?? DEFAULT_RATE_PER_MINUTE;
  if (bounds.ratePerMinute !== null && rate > bounds.ratePerMinute) {
    throw beyond('rate_per_minute', `the maker itself has ${bounds.ratePerMinute}`);
  }
  refuseMore('recipients_per_send', bounds.recipientsPerSend, rights.recipients_per_send);
  refuseMore('recipients_per_day', bounds.recipientsPerDay, rights.recipients_per_day);
  refuseMore('approval_above', bounds.approvalAbove, rights.approval_above);
  if (bounds.permissions && !(rights.permissions && within(rights.permissions, bounds.permissions))) {
    throw beyond('permissions', 'a key cannot be given more than its maker has');
  }
}

function refuseScopes(bounds: Bounds, { scopes, canary }: Rights): void {
  if (canary) return;
  if (scopes.length === 0 && !bounds.fullAccess) {
    throw new AppError(
      'insufficient_scope',
      'Only an owner, or a key with full access, can make a key with full access. Name the scopes the new key needs.',
    );
  }
  const missing = scopes.filter((scope) => !(isScopeName(scope) && bounds.scopes.has(scope)));
  if (missing.length === 0) return;
  throw new AppError('insufficient_scope', `A key cannot be given scopes its maker lacks: ${missing.join(', ')}.`, {
    required: missing,
  });
}

/** null: no bound. */
function refuseMore(field: string, most: number | null, asked: number | null): void {
  if (most !== null && (asked === null || asked > most)) throw beyond(field, `the maker itself has ${most}`);
}

function beyond(field: string, message: string): AppError {
  return new AppError('forbidden', `${field}: ${message}.`);
}
