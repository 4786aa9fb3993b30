/** What the roles may, and who may give which: the server decides, the page offers only what it would take. */
import type { Role } from '../../api/types.ts';

export const ROLES: readonly { value: Role; label: string; hint: string }[] = [
  { value: 'viewer', label: 'Viewer', hint: 'Reads everything but what concerns access. Sends nothing.' },
  { value: 'member', label: 'Member', hint: 'Everything but what concerns access: keys, members, audit.' },
  { value: 'admin', label: 'Admin', hint: 'Everything, but changes no owner and makes none.' },
  { value: 'owner', label: 'Owner', hint: 'Everything.' },
  { value: 'limited', label: 'Limited', hint: 'What permissions and groups give, and nothing else.' },
];

/** Nobody gives more than they have; only owners and admins give any. */
export function grantable(own: Role | null): typeof ROLES {
  if (own === 'owner') return ROLES;
  return own === 'admin' ? ROLES.filter(({ value }) => value !== 'owner') : [];
}

export function manages(own: Role | null, other: Role): boolean {
  return grantable(own).some(({ value }) => value === other);
}
