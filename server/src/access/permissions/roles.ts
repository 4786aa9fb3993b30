/**
 * The roles that a permission can give, with what each allows in the control plane. Names and the two public ids are the
 * vendor's (contract segment-public-api §6, segment-config-api §17.2); the other ids are ours and never change.
 */
import type { Role as MembershipRole } from '../principal.ts';
import type { ResourceType } from './types.ts';

/** What an operation is about. */
export const AREAS = [
  'source',
  'warehouse',
  'function',
  'tracking-plan',
  'space',
  'engage',
  'privacy',
  'usage',
  'labels',
  'iam',
  'audit',
  'tokens',
] as const;
export type Area = (typeof AREAS)[number];

export type Level = 'read' | 'write';

export interface RoleInfo {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** What it can be given on. */
  readonly resources: readonly ResourceType[];
  readonly allows: Readonly<Partial<Record<Area, Level>>>;
  /** Given on the whole workspace it is this role of a member in the rest of Headgate, too. */
  readonly membership?: MembershipRole;
}

const everything = (level: Level, but: readonly Area[] = []): Partial<Record<Area, Level>> =>
  Object.fromEntries(AREAS.filter((area) => !but.includes(area)).map((area) => [area, level]));

/** Who else is here and what they may: not for members and viewers (docs/sign-in.md). */
const ACCESS: readonly Area[] = ['labels', 'iam', 'audit', 'tokens'];

const WORKSPACE: readonly ResourceType[] = ['WORKSPACE'];
const SOURCE: readonly ResourceType[] = ['SOURCE', 'WORKSPACE'];
const WAREHOUSE: readonly ResourceType[] = ['WAREHOUSE', 'WORKSPACE'];
const FUNCTION: readonly ResourceType[] = ['FUNCTION', 'WORKSPACE'];
const SPACE: readonly ResourceType[] = ['SPACE', 'WORKSPACE'];

export const OWNER_ROLE_ID = '1WDUuRLxv84rrfCNUwvkrRtkxnS';

export const ROLES: readonly RoleInfo[] = [
  {
    id: OWNER_ROLE_ID,
    name: 'Workspace Owner',
    description: 'Everything in the workspace, its members and their permissions.',
    resources: WORKSPACE,
    allows: everything('write'),
    membership: 'owner',
  },
  {
    id: '1aEWAcU0fArxScocwH9xxLgW7r3',
    name: 'Minimal Workspace Access',
    description: 'Sees that the workspace is there. What else is possible comes from further permissions.',
    resources: WORKSPACE,
    allows: {},
    membership: 'limited',
  },
  {
    id: '1sRAyyP5R5RTySwcptq39s14z1u',
    name: 'Workspace Admin',
    description: 'Everything in the workspace, but changes no owner and makes none.',
    resources: WORKSPACE,
    allows: everything('write'),
    membership: 'admin',
  },
  {
    id: '1oy2R43F2NdRJlI6wQPaPbjPrsD',
    name: 'Workspace Editor',
    description: 'Everything in the workspace but members, permissions, tokens, labels and the audit trail.',
    resources: WORKSPACE,
    allows: { ...everything('write', ACCESS), labels: 'read' },
    membership: 'member',
  },
  {
    id: '1dh1YEnWYCJlSMp6xLyuvnGeZFi',
    name: 'Workspace Read-only',
    description: 'Reads everything in the workspace but members, permissions, tokens and the audit trail.',
    resources: WORKSPACE,
    allows: { ...everything('read', ACCESS), labels: 'read' },
    membership: 'viewer',
  },
  {
    id: '1lOhVfL014SoCjk50TZPXhmjb7g',
    name: 'Source Admin',
    description: 'Changes sources, their write keys, schema, streaming destinations and transformations.',
    resources: SOURCE,
    allows: { source: 'write' },
  },
  {
    id: '1OEwdZTiimeuKEjlLCGlxqcE83o',
    name: 'Source Read-only',
    description: 'Reads sources, their schema, streaming destinations and transformations, but no write keys.',
    resources: SOURCE,
    allows: { source: 'read' },
  },
  {
    id: '1p8z4CsO8baHQZYZBMnsmmDb0WE',
    name: 'Warehouse Admin',
    description: 'Changes warehouses and their settings.',
    resources: WAREHOUSE,
    allows: { warehouse: 'write' },
  },
  {
    id: '180lMteCb8ZXdMhSrfDgZTY4XhB',
    name: 'Warehouse Read-only',
    description: 'Reads warehouses and their settings.',
    resources: WAREHOUSE,
    allows: { warehouse: 'read' },
  },
  {
    id: '16bAfmsdnl0qNdhWxQECUOZhGWI',
    name: 'Function Admin',
    description: 'Creates, changes, deploys and deletes functions.',
    resources: FUNCTION,
    allows: { function: 'write' },
  },
  {
    id: '1tG4Ajh4purWzL9F8OR7bhpw01Z',
    name: 'Function Read-only',
    description: 'Reads functions.',
    resources: FUNCTION,
    allows: { function: 'read' },
  },
  {
    id: '1EYyzDz1vq5vmajLQkxnjPk4CP9',
    name: 'Tracking Plan Admin',
    description: 'Changes all tracking plans.',
    resources: WORKSPACE,
    allows: { 'tracking-plan': 'write' },
  },
  {
    id: '1gBr0q8UZsoX7r0XccNeo065hfE',
    name: 'Tracking Plan Read-only',
    description: 'Reads all tracking plans.',
    resources: WORKSPACE,
    allows: { 'tracking-plan': 'read' },
  },
  {
    id: '1NjuWEl2V3XiY2O5ROjsZIZ8WSV',
    name: 'Unify and Engage Admin',
    description: 'Changes spaces and their settings, audiences and computed traits.',
    resources: SPACE,
    allows: { space: 'write', engage: 'write' },
  },
  {
    id: '19PgZL4zhu6ME8yzc2OCHutoMe1',
    name: 'Unify Read-only, Engage User',
    description: 'Reads spaces and their settings; changes audiences and computed traits.',
    resources: SPACE,
    allows: { space: 'read', engage: 'write' },
  },
  {
    id: '1Izux9LCEYVftjqmyjWxUxxbJ6n',
    name: 'Unify and Engage Read-only',
    description: 'Reads spaces and their settings, audiences and computed traits.',
    resources: SPACE,
    allows: { space: 'read', engage: 'read' },
  },
  {
    id: '1UthT2QYDURXSHY786Abgq9swtG',
    name: 'End User Privacy Admin',
    description: 'Suppresses and deletes end users.',
    resources: WORKSPACE,
    allows: { privacy: 'write' },
  },
  {
    id: '1IyMq5jIjUULRKvbAMOk6bRfWcs',
    name: 'Identity Admin',
    description: 'Reads spaces; their identity settings have no call of their own.',
    resources: WORKSPACE,
    allows: { space: 'read' },
  },
];

const BY_ID: ReadonlyMap<string, RoleInfo> = new Map(ROLES.map((role) => [role.id, role]));

export function roleOf(id: string): RoleInfo | undefined {
  return BY_ID.get(id);
}

const BY_MEMBERSHIP: ReadonlyMap<MembershipRole, RoleInfo> = new Map(
  ROLES.flatMap((role) => (role.membership ? [[role.membership, role] as const] : [])),
);

/** @throws Error for what no member can be. */
export function roleOfMembership(membership: MembershipRole): RoleInfo {
  const role = BY_MEMBERSHIP.get(membership);
  if (!role) throw new Error(`There is no role for ${membership}.`);
  return role;
}
