/** Permissions in words, for the audit trail. */
import { roleOf } from './roles.ts';
import type { Label, Permission } from './types.ts';

export function inWords(permissions: readonly Permission[]): string[] {
  return permissions.map(({ roleId, resources, labels = [] }) => {
    const on = resources.map(({ id, type, labels: own = [] }) => `${type} ${id}${withLabels(own)}`);
    return `${roleOf(roleId)?.name ?? roleId} on ${on.join(', ') || 'WORKSPACE'}${withLabels(labels)}`;
  });
}

function withLabels(labels: readonly Label[]): string {
  return labels.length > 0 ? ` with ${labels.map(({ key, value }) => `${key}:${value}`).join(' and ')}` : '';
}
