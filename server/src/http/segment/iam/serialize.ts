/** Permissions as the Public API shows them: as they were written, with the names of their roles. And addresses, as it takes them. */
import { roleOf } from '../../../access/permissions/roles.ts';
import type { Permission } from '../../../access/permissions/types.ts';
import type { Principal } from '../../../access/principal.ts';
import { AppError, type FieldError } from '../../../errors.ts';
import { plainAddress } from '../../../messaging/address.ts';
import { shortId } from '../protocol/ids.ts';

/** Of one call (contract segment-public-api §1.9). */
const MOST = 200;

export function serializePermission(caller: Principal, permission: Permission): object {
  const { roleId, resources, labels } = permission;
  return {
    roleId,
    roleName: roleOf(roleId)?.name ?? roleId,
    resources: resources.map((resource) => ({
      // That of a member's role has none of its own.
      id: resource.id || shortId(caller.workspaceId),
      type: resource.type,
      labels: resource.labels ?? [],
    })),
    ...(labels && labels.length > 0 && { labels }),
  };
}

/** In lower case. @throws AppError validation_error naming each that is none. */
export function readAddresses(emails: readonly string[], pathOf: (n: number) => string, list: string): string[] {
  const fields: FieldError[] = [];
  if (emails.length > MOST) {
    fields.push({ field: list, message: `"${list}" must contain less than or equal to ${MOST} items` });
  }
  const read = emails.slice(0, MOST).map((email, n) => {
    const address = plainAddress(email);
    if (address === null) fields.push({ field: pathOf(n), message: `"${pathOf(n)}" must be a valid email` });
    return address?.toLowerCase() ?? '';
  });
  if (fields.length > 0) throw new AppError('validation_error', fields[0]?.message ?? '', { fields });
  return read;
}
