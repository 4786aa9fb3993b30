/** /policies/keys: what the workspace wants of its API keys. */
import { type Static, Type } from 'typebox';
import type { KeyPolicy, NonCompliantKey } from '../../../../access/policy/policy.ts';
import type { Access } from '../../../../access/service.ts';
import { type Http, principalOf } from '../../../route.ts';
import { ErrorBody } from '../../conventions.ts';

const Minters = Type.Array(Type.Union([Type.Literal('owner'), Type.Literal('admin'), Type.Literal('key')]), {
  maxItems: 3,
  uniqueItems: true,
  description: '`key`: a key with api-keys:manage.',
});

const FIELDS = {
  max_life_days: Type.Union([Type.Integer({ minimum: 1, maximum: 36_500 }), Type.Null()], {
    description: 'Longest life of a key; null: any.',
  }),
  force_expiry: Type.Boolean(),
  force_allowed_ips: Type.Boolean(),
  may_mint: Minters,
  may_mint_sending: Minters,
  revoke_children: Type.Boolean({ description: 'Revoking a key revokes what it made, where the call does not say.' }),
  leak_action: Type.Union([Type.Literal('revoke'), Type.Literal('quarantine')]),
  brake_action: Type.Union([Type.Literal('alert'), Type.Literal('quarantine')]),
};

const Policy = Type.Object({
  ...FIELDS,
  non_compliant: Type.Array(
    Type.Object({
      id: Type.String(),
      public_id: Type.String(),
      name: Type.String(),
      reasons: Type.Array(Type.String()),
    }),
    { description: 'The newest hundred living keys that could not be made today. They go on working.' },
  ),
  non_compliant_total: Type.Integer(),
});

const PolicyPatch = Type.Partial(Type.Object(FIELDS), { additionalProperties: false, minProperties: 1 });

function serialize(policy: KeyPolicy, found: { keys: NonCompliantKey[]; total: number }): Static<typeof Policy> {
  return {
    max_life_days: policy.maxLifeDays,
    force_expiry: policy.forceExpiry,
    force_allowed_ips: policy.forceAllowedIps,
    may_mint: [...policy.mayMint],
    may_mint_sending: [...policy.mayMintSending],
    revoke_children: policy.revokeChildren,
    leak_action: policy.leakAction,
    brake_action: policy.brakeAction,
    non_compliant: found.keys.map((key) => ({
      id: key.id,
      public_id: key.publicId,
      name: key.name,
      reasons: [...key.reasons],
    })),
    non_compliant_total: found.total,
  };
}

export function keyPolicyRoutes(app: Http, { access }: { access: Access }): void {
  const { policies } = access;
  const tags = ['API keys'];

  app.route({
    method: 'GET',
    url: '/policies/keys',
    config: { access: { scope: 'api-keys:manage' } },
    schema: {
      operationId: 'keyPolicy.get',
      tags,
      summary: 'The policy for API keys, and the keys that do not meet it',
      response: { 200: Policy, '4xx': ErrorBody },
    },
    async handler(request) {
      const { workspaceId } = principalOf(request);
      return serialize(await policies.get(workspaceId), await policies.nonCompliant(workspaceId));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/policies/keys',
    config: { access: { scope: 'api-keys:manage' } },
    schema: {
      operationId: 'keyPolicy.update',
      tags,
      summary: 'Change the policy for API keys',
      description: 'Owners only. It holds for keys that are made, changed or rotated from now on.',
      body: PolicyPatch,
      response: { 200: Policy, '4xx': ErrorBody },
    },
    async handler(request) {
      const caller = principalOf(request);
      const { body } = request;
      const policy = await policies.update(caller, {
        ...(body.max_life_days !== undefined && { maxLifeDays: body.max_life_days }),
        ...(body.force_expiry !== undefined && { forceExpiry: body.force_expiry }),
        ...(body.force_allowed_ips !== undefined && { forceAllowedIps: body.force_allowed_ips }),
        ...(body.may_mint && { mayMint: body.may_mint }),
        ...(body.may_mint_sending && { mayMintSending: body.may_mint_sending }),
        ...(body.revoke_children !== undefined && { revokeChildren: body.revoke_children }),
        ...(body.leak_action && { leakAction: body.leak_action }),
        ...(body.brake_action && { brakeAction: body.brake_action }),
      });
      return serialize(policy, await policies.nonCompliant(caller.workspaceId));
    },
  });
}
