/** A destination's settings: those of a webhook are its URL, those of any other type what the catalog says. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { CatalogDetail, CatalogSetting, Destination } from '../../api/types.ts';
import { changesOf, fieldErrors, SettingsForm, type Values } from '../../catalog/settings-form.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { SwitchField, TextField } from '../../ui/form.tsx';
import { DescriptionList, Panel } from '../../ui/page.tsx';
import { InlineError } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';

const URL_SETTING: CatalogSetting = {
  name: 'url',
  label: 'URL',
  type: 'string',
  required: true,
  secret: false,
  read_only: false,
  description: 'Every event is sent here as signed JSON.',
  multiple: false,
};

interface Change {
  name?: string;
  enabled?: boolean;
  settings?: Record<string, unknown>;
}

export function DestinationSettings({ destination, type }: { destination: Destination; type: CatalogDetail }) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('destinations:write');
  const isWebhook = destination.type === 'webhook';
  const settings = isWebhook ? [URL_SETTING] : type.settings;
  // Secrets come as bullets: their fields are empty until something new is typed.
  const secrets = settings.filter((setting) => setting.secret).map((setting) => setting.name);
  const before: Values = Object.fromEntries(
    Object.entries(destination.settings).filter(([name]) => !secrets.includes(name)),
  );
  const [name, setName] = useState(destination.name);
  const [values, setValues] = useState<Values>(before);
  const [deleting, setDeleting] = useState(false);
  const source = useQuery({
    queryKey: [environment, 'source', destination.source_id],
    queryFn: () => client.sources.get({ id: destination.source_id }),
  });
  const changes = changesOf(values, before);
  const renamed = name.trim() !== destination.name;
  const update = useMutation({
    mutationFn: (change: Change) => client.destinations.update({ id: destination.id, ...change }),
    onSuccess: (updated) => {
      queries.setQueryData([environment, 'destination', destination.id], updated);
      void queries.invalidateQueries({ queryKey: [environment, 'destinations'] });
      toastDone('Saved.');
    },
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({
      ...(renamed && { name: name.trim() }),
      ...(Object.keys(changes).length > 0 && { settings: changes }),
    });
  };
  const remove = async () => {
    await client.destinations.delete({ id: destination.id });
    toastDone(`${destination.name} is deleted.`);
    void queries.invalidateQueries({ queryKey: [environment, 'destinations'] });
    await navigate({ to: '/destinations' });
  };
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <Panel title="Settings">
        <form onSubmit={save} className="flex flex-col gap-4">
          <TextField label="Name" required maxLength={200} disabled={!allowed} value={name} onChange={setName} />
          <SettingsForm
            settings={settings}
            values={values}
            stored={secrets.filter((secret) => secret in destination.settings)}
            errors={fieldErrors(update.error)}
            disabled={!allowed}
            onChange={setValues}
          />
          {update.variables?.enabled === undefined && <InlineError error={update.error} />}
          <Button
            type="submit"
            variant="primary"
            className="self-start"
            busy={update.isPending && update.variables.enabled === undefined}
            disabled={!allowed || !name.trim() || (!renamed && Object.keys(changes).length === 0)}
          >
            Save
          </Button>
        </form>
      </Panel>
      <Panel title="State">
        <div className="flex flex-col gap-5">
          <SwitchField
            label="Enabled"
            hint="While disabled it gets no new events, and pending deliveries wait."
            checked={update.isPending ? (update.variables.enabled ?? destination.enabled) : destination.enabled}
            disabled={!allowed}
            onChange={(enabled) => update.mutate({ enabled }, { onError: toastError })}
          />
          <DescriptionList
            items={[
              ['Type', isWebhook ? 'Webhook' : type.name],
              [
                'Source',
                <Link
                  key="source"
                  to="/sources/$sourceId"
                  params={{ sourceId: destination.source_id }}
                  className="hover:text-accent-strong hover:underline"
                >
                  {source.data?.name ?? '…'}
                </Link>,
              ],
              ...(isWebhook ? [['Signed', 'Standard Webhooks, secret shown once'] as const] : []),
              ['Created', <Time key="created" value={destination.created_at} />],
            ]}
          />
          {allowed && (
            <div className="border-t pt-4">
              <Button variant="danger" onClick={() => setDeleting(true)}>
                Delete destination
              </Button>
            </div>
          )}
        </div>
      </Panel>
      <ConfirmDialog
        open={deleting}
        onOpenChange={setDeleting}
        title={`Delete ${destination.name}?`}
        action="Delete destination"
        onConfirm={remove}
      >
        It gets nothing more from this moment on, and deliveries that are still pending end as failed. Its secrets are
        lost. This cannot be undone.
      </ConfirmDialog>
    </div>
  );
}
