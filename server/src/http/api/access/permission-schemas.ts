/** Permissions as our own API has them: fields in snake_case, ids as everywhere in it. */
import { type Static, Type } from 'typebox';
import type { PermissionInput } from '../../../access/permissions/input.ts';
import { roleOf } from '../../../access/permissions/roles.ts';
import type { Permission } from '../../../access/permissions/types.ts';
import type { Scope } from '../../../db/tx.ts';
import { isUuid } from '../../../ids.ts';
import { shortId, uuidOf } from '../../segment/protocol/ids.ts';

const text = (maxLength: number) => Type.String({ maxLength });

const Labels = Type.Array(
  Type.Object(
    { key: text(255), value: text(255), description: Type.Optional(text(1_000)) },
    { additionalProperties: false },
  ),
  { maxItems: 200 },
);

const ResourceType = Type.Union([
  Type.Literal('FUNCTION'),
  Type.Literal('SOURCE'),
  Type.Literal('SPACE'),
  Type.Literal('WAREHOUSE'),
  Type.Literal('WORKSPACE'),
]);

export const PermissionBody = Type.Object({
  role_id: Type.String(),
  role_name: Type.String(),
  resources: Type.Array(Type.Object({ id: Type.String(), type: ResourceType, labels: Labels })),
  labels: Labels,
});

export const PermissionRequest = Type.Array(
  Type.Object(
    {
      role_id: text(100),
      resources: Type.Array(
        Type.Object(
          { id: text(255), type: ResourceType, labels: Type.Optional(Labels) },
          { additionalProperties: false },
        ),
        { maxItems: 200 },
      ),
      labels: Type.Optional(Labels),
    },
    { additionalProperties: false },
  ),
  {
    maxItems: 200,
    description: 'A role on resources each: GET /api/v1/roles. Labels narrow it to what has all of them.',
  },
);

export function serializePermission(
  scope: Pick<Scope, 'workspaceId'>,
  permission: Permission,
): Static<typeof PermissionBody> {
  const { roleId, resources, labels = [] } = permission;
  return {
    role_id: roleId,
    role_name: roleOf(roleId)?.name ?? roleId,
    resources: resources.map((resource) => ({
      id: resource.id === '' ? scope.workspaceId : (uuidOf(resource.id.replace(/^[a-z]+_/, '')) ?? resource.id),
      type: resource.type,
      labels: (resource.labels ?? []).map(plainLabel),
    })),
    labels: labels.map(plainLabel),
  };
}

function plainLabel({ key, value, description }: { key: string; value: string; description?: string | undefined }) {
  return { key, value, ...(description !== undefined && { description }) };
}

/** For `access.permissions.read`, which checks it. */
export function permissionInputs(body: Static<typeof PermissionRequest>): PermissionInput[] {
  return body.map(({ role_id, resources, labels }) => ({
    roleId: role_id,
    resources: resources.map((one) => ({ ...one, id: isUuid(one.id) ? shortId(one.id.toLowerCase()) : one.id })),
    ...(labels && labels.length > 0 && { labels }),
  }));
}
