/** What permissions cover, and whether they are within others. */
import { type Role as MembershipRole, RANK } from '../principal.ts';
import { AREAS, type Area, type Level, type RoleInfo, roleOf } from './roles.ts';
import type { Label, Permission, Resource, ResourceType, Target } from './types.ts';

/** What a list of permissions allows in one area, at one level or above. */
interface Reach {
  /** On everything, without a label. */
  all: boolean;
  /** Everything that has all of these labels. */
  readonly labelled: (readonly Label[])[];
  /** Type and id, with the labels that it must have. */
  readonly ids: Map<string, (readonly Label[])[]>;
}

export type Reaches = ReadonlyMap<string, Reach>;

const cache = new WeakMap<readonly Permission[], Reaches>();

/** Compiled once a list: those of keys stay in memory as long as the key. */
export function reachesOf(permissions: readonly Permission[]): Reaches {
  let found = cache.get(permissions);
  if (!found) {
    found = compile(permissions);
    cache.set(permissions, found);
  }
  return found;
}

function compile(permissions: readonly Permission[]): Reaches {
  const reaches = new Map<string, Reach>();
  for (const { role, resource, labels } of flat(permissions)) {
    for (const area of AREAS) {
      const level = role.allows[area];
      if (!level) continue;
      for (const given of level === 'write' ? (['read', 'write'] as const) : (['read'] as const)) {
        const key = `${area} ${given}`;
        const reach: Reach = reaches.get(key) ?? { all: false, labelled: [], ids: new Map() };
        reaches.set(key, reach);
        if (resource.type === 'WORKSPACE') {
          if (labels.length === 0) reach.all = true;
          else reach.labelled.push(labels);
        } else {
          const id = idOf(resource.type, resource.id);
          reach.ids.set(id, [...(reach.ids.get(id) ?? []), labels]);
        }
      }
    }
  }
  return reaches;
}

/** One entry a resource, with all labels that narrow it. A role that is gone, or never was one, allows nothing. */
function* flat(permissions: readonly Permission[]): Generator<{ role: RoleInfo; resource: Resource; labels: Label[] }> {
  for (const { roleId, resources, labels = [] } of permissions) {
    const role = roleOf(roleId);
    if (!role) continue;
    const on: readonly Resource[] = resources.length > 0 ? resources : [{ id: '', type: 'WORKSPACE' }];
    // Neither resources nor labels is no permission on everything.
    if (resources.length === 0 && labels.length === 0) continue;
    for (const resource of on) {
      if (role.resources.includes(resource.type)) {
        yield { role, resource, labels: [...labels, ...(resource.labels ?? [])] };
      }
    }
  }
}

/** Functions are named with and without their prefix (contract segment-public-api §1.10). */
function idOf(type: ResourceType, id: string): string {
  return `${type} ${id.replace(/^[a-z]+_/, '')}`;
}

export function covers(reaches: Reaches, area: Area, level: Level, target: Target | null): boolean {
  const reach = reaches.get(`${area} ${level}`);
  if (!reach) return false;
  if (reach.all) return true;
  if (target === null) return false;
  const hasAll = (labels: readonly Label[]) => labels.every((label) => hasLabel(target.labels, label));
  return reach.labelled.some(hasAll) || (reach.ids.get(idOf(target.type, target.id))?.some(hasAll) ?? false);
}

/** Whether it covers anything at all of the area. */
export function touches(reaches: Reaches, area: Area, level: Level): boolean {
  return reaches.has(`${area} ${level}`);
}

function hasLabel(labels: readonly Label[], { key, value }: Label): boolean {
  return labels.some((label) => label.key === key && label.value === value);
}

/** Whether whoever has `own` has all that `given` gives: nobody gives on more. */
export function within(given: readonly Permission[], own: readonly Permission[]): boolean {
  const reaches = reachesOf(own);
  for (const { role, resource, labels } of flat(given)) {
    if (role.membership && role.membership !== 'limited') {
      const same = [...flat(own)].some((one) => one.role.id === role.id || one.role.membership === 'owner');
      if (!same) return false;
    }
    for (const area of AREAS) {
      const level = role.allows[area];
      if (!level) continue;
      const reach = reaches.get(`${area} ${level}`);
      if (!reach) return false;
      // More labels mean less.
      const narrower = (bound: readonly Label[]) => bound.every((label) => hasLabel(labels, label));
      const named =
        resource.type === 'WORKSPACE' ? false : reach.ids.get(idOf(resource.type, resource.id))?.some(narrower);
      if (!reach.all && !reach.labelled.some(narrower) && !named) return false;
    }
  }
  return true;
}

/** The highest role of a member that the permissions amount to. */
export function membershipOf(permissions: readonly Permission[]): MembershipRole {
  let highest: MembershipRole = 'limited';
  for (const { role, labels } of flat(permissions)) {
    if (role.membership && labels.length === 0 && RANK[role.membership] > RANK[highest]) highest = role.membership;
  }
  return highest;
}

/** Whether it is a role of a member in the rest of Headgate, too, beside the least one. */
export function isMembership({ roleId }: Permission): boolean {
  const membership = roleOf(roleId)?.membership;
  return membership !== undefined && membership !== 'limited';
}
