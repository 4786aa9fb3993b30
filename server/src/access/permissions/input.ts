/** Reads permissions that were sent: bounded, of known roles, on resources that are there. Every failing field is told. */
import { storableText } from '../../db/text.ts';
import type { Scope } from '../../db/tx.ts';
import { AppError, type FieldError } from '../../errors.ts';
import { roleOf } from './roles.ts';
import { type Label, type Permission, RESOURCE_TYPES, type Resource, type ResourceType } from './types.ts';

/** In a list, resources of one, and labels of one: what a call may hold of anything (contract segment-public-api §1.9). */
const MOST = 200;
const MAX_TEXT = 255;
const MAX_DESCRIPTION = 1_000;

/** As the doors take them in. */
export interface PermissionInput {
  readonly roleId: string;
  readonly resources?: readonly { id: string; type: string; labels?: readonly Label[] | undefined }[] | undefined;
  readonly labels?: readonly Label[] | undefined;
}

/** Which of the resources are not there, by their place. The workspace is asked for like the others. */
export type MissingResources = (scope: Scope, resources: readonly Resource[]) => Promise<readonly number[]>;

/**
 * @param field dotted path of the list, for messages.
 * @throws AppError validation_error.
 */
export async function readPermissions(
  scope: Scope,
  list: readonly PermissionInput[],
  field: string,
  missing: MissingResources,
): Promise<Permission[]> {
  const problems: FieldError[] = [];
  const fail = (path: string, what: string) => problems.push({ field: path, message: `"${path}" ${what}` });
  if (list.length > MOST) fail(field, `must contain less than or equal to ${MOST} items`);
  const seen: { path: string; resource: Resource }[] = [];
  const permissions = list.slice(0, MOST).map((input, n): Permission => {
    const path = `${field}.${n}`;
    const role = roleOf(input.roleId);
    if (!role) fail(`${path}.roleId`, 'must be the id of a role; the list of roles has all');
    const given = input.resources ?? [];
    if (given.length > MOST) fail(`${path}.resources`, `must contain less than or equal to ${MOST} items`);
    const labels = readLabels(input.labels, `${path}.labels`);
    if (given.length === 0 && (labels ?? []).length === 0) {
      fail(`${path}.resources`, 'must name at least one resource: nothing means nothing, not everything');
    }
    const resources = given.slice(0, MOST).map(({ id, type, labels: own }, m): Resource => {
      const at = `${path}.resources.${m}`;
      const known = RESOURCE_TYPES.find((one) => one === type);
      if (!known) fail(`${at}.type`, `must be one of [${RESOURCE_TYPES.join(', ')}]`);
      else if (role && !role.resources.includes(known)) {
        fail(`${at}.type`, `the role ${role.name} can be given on ${role.resources.join(' and ')} only`);
      }
      if (id === '' || id.length > MAX_TEXT || storableText(id) !== id)
        fail(`${at}.id`, 'must be the id of a resource');
      const narrowed = readLabels(own, `${at}.labels`);
      const resource = { id, type: known ?? ('WORKSPACE' as ResourceType), ...(narrowed && { labels: narrowed }) };
      seen.push({ path: `${at}.id`, resource });
      return resource;
    });
    const narrows = [...(labels ?? []), ...resources.flatMap((one) => one.labels ?? [])].length > 0;
    if (role?.membership && narrows) fail(`${path}.roleId`, `the role ${role.name} cannot be narrowed by labels`);
    return { roleId: input.roleId, resources, ...(labels && { labels }) };
  });

  function readLabels(given: readonly Label[] | undefined, path: string): Label[] | undefined {
    if (!given) return undefined;
    if (given.length > MOST) fail(path, `must contain less than or equal to ${MOST} items`);
    return given.slice(0, MOST).map(({ key, value, description }, n) => {
      for (const [name, text, most] of [
        ['key', key, MAX_TEXT],
        ['value', value, MAX_TEXT],
        ['description', description ?? ' ', MAX_DESCRIPTION],
      ] as const) {
        if (text === '' && name !== 'description') fail(`${path}.${n}.${name}`, 'is not allowed to be empty');
        if (text.length > most)
          fail(`${path}.${n}.${name}`, `length must be less than or equal to ${most} characters long`);
        if (storableText(text) !== text) fail(`${path}.${n}.${name}`, 'must not contain NUL or half a character');
      }
      return { key, value, ...(description !== undefined && { description }) };
    });
  }

  if (problems.length === 0) {
    const gone = await missing(
      scope,
      seen.map(({ resource }) => resource),
    );
    for (const n of gone) fail(seen[n]?.path ?? field, 'must be the id of a resource of this workspace');
  }
  if (problems.length > 0) {
    throw new AppError('validation_error', problems[0]?.message ?? '', { fields: problems.slice(0, 100) });
  }
  return permissions;
}
