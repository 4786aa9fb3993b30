/** What a key looks like in answers and requests of /api-keys. */
import { type Static, Type } from 'typebox';
import type { RightsRequest } from '../../../../access/keys/grant.ts';
import type { Key } from '../../../../access/keys/key.ts';
import type { Access } from '../../../../access/service.ts';
import type { Scope } from '../../../../db/tx.ts';
import { invalidField } from '../../../../errors.ts';
import { label, time, timeOrNull } from '../../conventions.ts';
import { PermissionBody, PermissionRequest, permissionInputs, serializePermission } from '../permission-schemas.ts';

export const Environment = Type.Union([Type.Literal('live'), Type.Literal('test')]);

const TextOrNull = Type.Union([Type.String(), Type.Null()]);
const NumberOrNull = Type.Union([Type.Integer(), Type.Null()]);

const FIELDS = {
  id: Type.String(),
  number: Type.Integer({ description: 'The same key in SegOps routes, which name keys by integers.' }),
  name: Type.String(),
  description: Type.String(),
  public_id: Type.String({ description: 'Eight characters of the key that are no secret; logs name the key by them.' }),
  prefix: Type.String({ description: 'How the key begins, up to its public id.' }),
  environment: Environment,
  state: Type.Union(
    [
      Type.Literal('active'),
      Type.Literal('retiring'),
      Type.Literal('quarantined'),
      Type.Literal('expired'),
      Type.Literal('revoked'),
    ],
    { description: '`retiring`: rotated, still good until `retires_at`. `quarantined`: may only read.' },
  ),
  scopes: Type.Array(Type.String()),
  full_access: Type.Boolean({ description: 'Made without scopes: everything in its environment is allowed.' }),
  may_send: Type.Boolean({ description: 'May make messages leave. Never given by scopes, not even by full access.' }),
  agent: Type.Boolean({ description: 'Made for an automated agent: can never send.' }),
  canary: Type.Boolean({ description: 'A trap without rights; every use of it raises an alert.' }),
  allowed_ips: Type.Array(Type.String(), { description: 'Networks it may be used from; empty: any.' }),
  rate_per_minute: NumberOrNull,
  recipients_per_send: NumberOrNull,
  recipients_per_day: NumberOrNull,
  approval_above: NumberOrNull,
  shadow_scopes: Type.Union([Type.Array(Type.String()), Type.Null()]),
  permissions: Type.Union([Type.Array(PermissionBody), Type.Null()], {
    description: "A member's token: what it may at most in Segment's doors. null: what its scopes say.",
  }),
  created_at: Type.String(),
  created_by: TextOrNull,
  last_used_at: TextOrNull,
  expires_at: TextOrNull,
  retires_at: TextOrNull,
  lineage: Type.String({ description: 'Public id of the first key of a chain of rotations and twins.' }),
  predecessor: TextOrNull,
  successor: TextOrNull,
  quarantined_at: TextOrNull,
  quarantine_reason: TextOrNull,
  revoked_at: TextOrNull,
  revoke_reason: TextOrNull,
};

export const ApiKey = Type.Object(FIELDS);

export const NewApiKey = Type.Object({
  ...FIELDS,
  key: Type.String({ description: 'Shown only now. Keep it where secrets are kept.' }),
  warning: Type.Optional(Type.String()),
});

export const RotatedApiKey = Type.Object({
  ...FIELDS,
  key: Type.String({ description: 'The successor. Shown only now.' }),
  previous: ApiKey,
});

export function serialize(key: Key): Static<typeof ApiKey> {
  return {
    id: key.id,
    number: key.number,
    name: key.name,
    description: key.description,
    public_id: key.publicId,
    prefix: `${key.prefix}_${key.environment}_hg_${key.publicId}`,
    environment: key.environment,
    state: key.state,
    scopes: [...key.scopes],
    full_access: key.fullAccess,
    may_send: key.maySend,
    agent: key.agent,
    canary: key.canary,
    allowed_ips: [...key.allowedIps],
    rate_per_minute: key.ratePerMinute,
    recipients_per_send: key.caps.recipientsPerSend,
    recipients_per_day: key.caps.recipientsPerDay,
    approval_above: key.caps.approvalAbove,
    shadow_scopes: key.shadowScopes && [...key.shadowScopes],
    permissions: key.permissions === null ? null : key.permissions.map((one) => serializePermission(key, one)),
    created_at: time(key.createdAt),
    created_by: key.createdBy,
    last_used_at: timeOrNull(key.lastUsedAt),
    expires_at: timeOrNull(key.expiresAt),
    retires_at: timeOrNull(key.retiresAt),
    lineage: key.lineage,
    predecessor: key.predecessor,
    successor: key.successor,
    quarantined_at: timeOrNull(key.quarantinedAt),
    quarantine_reason: key.quarantineReason,
    revoked_at: timeOrNull(key.revokedAt),
    revoke_reason: key.revokeReason,
  };
}

const Scopes = Type.Array(Type.String({ maxLength: 100 }), { maxItems: 200 });
const Count = (maximum: number) => Type.Union([Type.Integer({ minimum: 1, maximum }), Type.Null()]);

export const ScopeList = Scopes;
export const Networks = Type.Array(Type.String({ maxLength: 60 }), {
  maxItems: 100,
  description: 'Addresses or networks such as 192.0.2.0/24 and 2001:db8::/32; empty: any.',
});
export const Expiry = Type.Union([Type.String({ maxLength: 40, format: 'date-time' }), Type.Null()]);

/** What a request may say of a key's rights, beside its name. */
export const RIGHTS = {
  description: Type.Optional(Type.String({ maxLength: 1_000, pattern: '^[^\\u0000]*$' })),
  scopes: Type.Optional(Scopes),
  may_send: Type.Optional(Type.Boolean()),
  agent: Type.Optional(Type.Boolean()),
  expires_at: Type.Optional(Expiry),
  allowed_ips: Type.Optional(Networks),
  rate_per_minute: Type.Optional(Count(1_000_000)),
  recipients_per_send: Type.Optional(Count(1_000_000_000)),
  recipients_per_day: Type.Optional(Count(1_000_000_000)),
  approval_above: Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 1_000_000_000 }), Type.Null()])),
  shadow_scopes: Type.Optional(Type.Union([Scopes, Type.Null()])),
  permissions: Type.Optional(Type.Union([PermissionRequest, Type.Null()])),
};

export const KeyPatch = Type.Object(
  { name: Type.Optional(label()), ...RIGHTS },
  { additionalProperties: false, minProperties: 1 },
);

export function readRights(body: Static<typeof KeyPatch>, now: Date): RightsRequest {
  return {
    name: body.name,
    description: body.description,
    scopes: body.scopes,
    maySend: body.may_send,
    agent: body.agent,
    expiresAt: readExpiry(body.expires_at, now),
    allowedIps: body.allowed_ips,
    ratePerMinute: body.rate_per_minute,
    recipientsPerSend: body.recipients_per_send,
    recipientsPerDay: body.recipients_per_day,
    approvalAbove: body.approval_above,
    shadowScopes: body.shadow_scopes,
  };
}

/** Of the key's environment. @throws AppError validation_error. */
export async function readKeyPermissions(
  access: Access,
  scope: Scope,
  body: Pick<Static<typeof KeyPatch>, 'permissions'>,
): Promise<Pick<RightsRequest, 'permissions'>> {
  const { permissions } = body;
  if (!permissions) return { permissions };
  return { permissions: await access.permissions.read(scope, permissionInputs(permissions), 'permissions') };
}

/** @throws AppError validation_error for a time that is over. */
export function readExpiry(text: string | null | undefined, now: Date): Date | null | undefined {
  if (text === undefined || text === null) return text;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) throw invalidField('expires_at', 'must be a time such as 2027-01-31T12:00:00Z');
  if (date <= now) throw invalidField('expires_at', 'must be in the future');
  if (date.getUTCFullYear() > 9_999) throw invalidField('expires_at', 'must be before the year 10000');
  return date;
}
