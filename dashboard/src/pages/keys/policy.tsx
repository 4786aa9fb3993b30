/** What the workspace wants of its keys, and the keys that do not meet it. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { meQuery, useApi } from '../../api/client.ts';
import type { KeyPolicy } from '../../api/types.ts';
import { plural } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox, Field, SwitchField, TextField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { Page, Panel, STRETCH, Table, Td, Th, Tr } from '../../ui/page.tsx';
import { ErrorState, InlineError, Skeleton } from '../../ui/state.tsx';
import { toastDone } from '../../ui/toast.tsx';

export function Policy() {
  const api = useApi();
  const query = useQuery({ queryKey: ['key-policy'], queryFn: () => api.client.keyPolicy.get() });
  const me = useQuery(meQuery(api));
  return (
    <Page
      title="Policy for API keys"
      documentTitle="Key policy"
      description="Holds for keys that are made, changed or rotated from now on. Keys that exist go on working and are listed."
      back={
        <Link to="/settings/api-keys" className="hover:text-ink hover:underline">
          ← API Keys
        </Link>
      }
    >
      {query.isPending && <Skeleton className="h-80 w-full" />}
      {query.isError && (
        <Panel>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Panel>
      )}
      {query.data && (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <PolicyForm policy={query.data} owner={me.data?.role === 'owner'} />
          <NonCompliant policy={query.data} />
        </div>
      )}
    </Page>
  );
}

const MINTERS = [
  ['owner', 'Owners'],
  ['admin', 'Admins'],
  ['key', 'Keys with api-keys:manage'],
] as const;

function PolicyForm({ policy, owner }: { policy: KeyPolicy; owner: boolean }) {
  const { client } = useApi();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(policy);
  const set = (change: Partial<KeyPolicy>) => setDraft((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: () => {
      const { non_compliant: _keys, non_compliant_total: _total, ...patch } = draft;
      return client.keyPolicy.update(patch);
    },
    onSuccess: (updated) => {
      queries.setQueryData(['key-policy'], updated);
      toastDone('Saved.');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Panel title="Rules">
      <form onSubmit={submit}>
        <fieldset disabled={!owner} className="flex flex-col gap-5">
          {!owner && <p className="text-muted">Only owners change the policy.</p>}
          <TextField
            label="Longest life (days)"
            type="number"
            min={1}
            max={36_500}
            placeholder="any"
            value={draft.max_life_days === null ? '' : String(draft.max_life_days)}
            onChange={(days) => set({ max_life_days: days === '' ? null : Number(days) })}
          />
          <SwitchField
            label="Every key expires"
            checked={draft.force_expiry}
            disabled={!owner}
            onChange={(force_expiry) => set({ force_expiry })}
          />
          <SwitchField
            label="Every key names its networks"
            checked={draft.force_allowed_ips}
            disabled={!owner}
            onChange={(force_allowed_ips) => set({ force_allowed_ips })}
          />
          <Minters label="Who may make keys" value={draft.may_mint} onChange={(may_mint) => set({ may_mint })} />
          <Minters
            label="Who may make keys that send"
            value={draft.may_mint_sending}
            onChange={(may_mint_sending) => set({ may_mint_sending })}
          />
          <SwitchField
            label="Revoking a key revokes the keys it made"
            checked={draft.revoke_children}
            disabled={!owner}
            onChange={(revoke_children) => set({ revoke_children })}
          />
          <Field label="A key that leaked is">
            {(ids) => (
              <Select
                id={ids.id}
                value={draft.leak_action}
                onChange={(leak_action) => set({ leak_action })}
                options={[
                  { value: 'revoke', label: 'revoked' },
                  { value: 'quarantine', label: 'quarantined: it may only read' },
                ]}
              />
            )}
          </Field>
          <Field label="A key that behaves unusually">
            {(ids) => (
              <Select
                id={ids.id}
                value={draft.brake_action}
                onChange={(brake_action) => set({ brake_action })}
                options={[
                  { value: 'alert', label: 'raises an alert' },
                  { value: 'quarantine', label: 'raises an alert and is quarantined' },
                ]}
              />
            )}
          </Field>
          <InlineError error={save.error} />
          {owner && (
            <Button type="submit" variant="primary" className="self-start" busy={save.isPending}>
              Save
            </Button>
          )}
        </fieldset>
      </form>
    </Panel>
  );
}

interface MintersProps {
  label: string;
  value: KeyPolicy['may_mint'];
  onChange: (value: KeyPolicy['may_mint']) => void;
}

function Minters({ label, value, onChange }: MintersProps) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 font-medium">{label}</legend>
      {MINTERS.map(([minter, text]) => (
        <Checkbox
          key={minter}
          label={text}
          checked={value.includes(minter)}
          onChange={(on) => onChange(on ? [...value, minter] : value.filter((one) => one !== minter))}
        />
      ))}
    </fieldset>
  );
}

function NonCompliant({ policy }: { policy: KeyPolicy }) {
  const more = policy.non_compliant_total - policy.non_compliant.length;
  return (
    <Panel title="Keys that do not meet it" flush>
      {policy.non_compliant.length === 0 ? (
        <p className="p-4 text-muted">Every living key meets the policy.</p>
      ) : (
        <Table label="Keys that do not meet the policy">
          <thead>
            <tr>
              <Th>Key</Th>
              <Th>Why</Th>
            </tr>
          </thead>
          <tbody>
            {policy.non_compliant.map((key) => (
              <Tr key={key.id}>
                <Td>
                  <Link to="/settings/api-keys/$keyId" params={{ keyId: key.id }} className={STRETCH}>
                    {key.name}
                  </Link>
                </Td>
                <Td>
                  <span className="flex flex-wrap gap-1">
                    {key.reasons.map((reason) => (
                      <Badge key={reason} tone="warn">
                        {reason}
                      </Badge>
                    ))}
                  </span>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      {more > 0 && <p className="border-t p-3 text-center text-muted">and {plural(more, 'key')} more</p>}
    </Panel>
  );
}
