/** The form that adds one permission: a role, and what it holds for. */
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { meQuery, useApi } from '../../api/client.ts';
import type { Permission } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { InlineError } from '../../ui/state.tsx';
import { grantable } from '../members/roles.ts';
import { type ResourceType, rolesQuery, useThings } from './resources.ts';

interface AddPermissionProps {
  onAdd: (permission: Permission) => Promise<unknown>;
  busy: boolean;
}

const EVERYTHING = 'workspace';

export function AddPermission({ onAdd, busy }: AddPermissionProps) {
  const api = useApi();
  const roles = useQuery(rolesQuery(api));
  const me = useQuery(meQuery(api));
  const things = useThings();
  const [roleId, setRoleId] = useState('');
  const [place, setPlace] = useState(EVERYTHING);
  const [error, setError] = useState<unknown>(null);
  const may = grantable(me.data?.role ?? null).map(({ value }) => String(value));
  const offered = (roles.data?.items ?? []).filter(
    ({ member_role }) => member_role === null || may.includes(member_role),
  );
  const role = offered.find(({ id }) => id === roleId);
  const kinds = (role?.resources ?? []) as ResourceType[];
  const places = [
    ...(kinds.includes('WORKSPACE') ? [{ value: EVERYTHING, label: 'The whole workspace' }] : []),
    ...kinds.flatMap((kind) =>
      (things[kind] ?? []).map((one) => ({ value: `${kind}/${one.id}`, label: `${one.name} (${kind.toLowerCase()})` })),
    ),
  ];
  const chosen = places.some(({ value }) => value === place) ? place : (places[0]?.value ?? '');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!role || !me.data || chosen === '') return;
    const [kind = '', id = ''] = chosen.split('/');
    const resource =
      chosen === EVERYTHING
        ? { id: me.data.workspace.id, type: 'WORKSPACE' as const, labels: [] }
        : { id, type: kind as ResourceType, labels: [] };
    setError(null);
    try {
      await onAdd({ role_id: role.id, role_name: role.name, resources: [resource], labels: [] });
      setRoleId('');
      setPlace(EVERYTHING);
    } catch (cause) {
      setError(cause);
    }
  };
  return (
    <form onSubmit={submit} className="flex min-w-0 flex-col gap-3 border-t pt-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Role" hint={role?.description}>
          {({ id }) => (
            <Select
              id={id}
              value={roleId}
              onChange={setRoleId}
              options={offered.map((one) => ({ value: one.id, label: one.name }))}
            />
          )}
        </Field>
        <Field label="On" hint={role && places.length === 0 ? 'There is nothing of its kind yet.' : undefined}>
          {({ id }) => <Select id={id} value={chosen} onChange={setPlace} options={places} />}
        </Field>
      </div>
      <InlineError error={roles.error ?? error} />
      <Button type="submit" className="self-start" busy={busy} disabled={!role || chosen === '' || !me.data}>
        Add permission
      </Button>
    </form>
  );
}
