/**
 * Policies, as the Config API calls a role on one resource (contract segment-config-api §17.1), and permissions, as the
 * rest of Headgate has them: a permission on several resources is as many policies.
 */
import { createHash } from 'node:crypto';
import type { PermissionInput } from '../../access/permissions/input.ts';
import type { Permission, Resource } from '../../access/permissions/types.ts';
import type { Connections } from '../../connections/service.ts';
import { invalidField } from '../../errors.ts';
import { shortId, uuidOf } from '../segment/protocol/ids.ts';
import type { Names, Place } from './protocol/names.ts';

const COLLECTIONS = { WAREHOUSE: 'warehouses', FUNCTION: 'functions', SPACE: 'spaces' } as const;
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const MARK = 5;

export type Policies = ReturnType<typeof createPolicies>;

export function createPolicies({ connections, names }: { connections: Connections; names: Names }) {
  /** The workspace, or what is in it, by name. */
  async function resourceName(place: Place, { type, id }: Resource): Promise<string> {
    if (type === 'WORKSPACE') return place.name;
    if (type !== 'SOURCE') return `${place.name}/${COLLECTIONS[type]}/${id}`;
    const uuid = uuidOf(id);
    const source = uuid === null ? undefined : await connections.sources.find(place.scope, uuid);
    return `${place.name}/sources/${source?.slug ?? id}`;
  }

  return {
    resourceName,

    /** @throws AppError validation_error for a name of nothing. */
    async resourceNamed(place: Place, name: string, field: string): Promise<Resource> {
      const id = shortId(place.scope.workspaceId);
      const path = name.startsWith(`workspaces/${id}`) ? `${place.name}${name.slice(`workspaces/${id}`.length)}` : name;
      if (path === place.name) return { type: 'WORKSPACE', id };
      const parts = path.startsWith(`${place.name}/`) ? path.slice(place.name.length + 1).split('/') : [];
      const [collection = '', last = ''] = parts.length === 2 ? parts : [];
      if (collection === 'sources') {
        const source = await names.findSource(place.scope, last);
        if (source) return { type: 'SOURCE', id: shortId(source.id) };
      }
      for (const [type, word] of Object.entries(COLLECTIONS) as [keyof typeof COLLECTIONS, string][]) {
        if (word === collection) return { type, id: last };
      }
      throw invalidField(field, `names nothing of ${place.name}`);
    },

    /** Of a request, for `access.permissions.read`. */
    async inputs(
      place: Place,
      policies: readonly { role: string; resource: string }[],
      field: string,
    ): Promise<PermissionInput[]> {
      const inputs: PermissionInput[] = [];
      for (const [n, { role, resource }] of policies.entries()) {
        const roleId = role.slice(role.lastIndexOf('/') + 1);
        inputs.push({ roleId, resources: [await this.resourceNamed(place, resource, `${field}.${n}.resource`)] });
      }
      return inputs;
    },

    roleName: (place: Place, roleId: string) => `${place.name}/roles/${roleId}`,
  };
}

/** 27 characters, as the vendor's: of the permission, or of whom it is, and a mark of the one resource. */
export function policyId(holder: string, resource: Resource): string {
  return shortId(holder) + mark(resource);
}

/** @returns null for what is none. */
export function readPolicyId(text: string): { holder: string; isOn(resource: Resource): boolean } | null {
  const holder = uuidOf(text.slice(0, -MARK));
  const end = text.slice(-MARK);
  return holder === null ? null : { holder, isOn: (resource) => mark(resource) === end };
}

function mark({ type, id }: Resource): string {
  const digest = createHash('sha256').update(`${type} ${id}`).digest();
  return Array.from(digest.subarray(0, MARK), (byte) => BASE62.charAt(byte % 62)).join('');
}

/** Without one of its resources; null where it was the only one. */
export function withoutResource(permission: Permission, isOn: (resource: Resource) => boolean): Permission | null {
  const resources = permission.resources.filter((resource) => !isOn(resource));
  return resources.length === 0 ? null : { ...permission, resources };
}
