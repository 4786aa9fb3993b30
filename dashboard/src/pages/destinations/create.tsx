/** The dialog that makes a webhook destination, and the one look at its signing secret. */
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.ts';
import { sourcesQuery } from '../../api/sources.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/code.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { InlineError } from '../../ui/state.tsx';

interface CreateDestinationProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The source that is chosen at first. */
  forSource: string | undefined;
}

/** Belongs to the page and not to a part of it that the first destination makes disappear: the secret is shown only here. */
export function CreateDestination({ open, onOpenChange, forSource }: CreateDestinationProps) {
  const api = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const sources = useInfiniteQuery(sourcesQuery(api));
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [chosen, setChosen] = useState(forSource);
  const sourceId = chosen ?? sources.data?.items[0]?.id;

  const create = useMutation({
    mutationFn: () =>
      api.client.destinations.create({
        name: name.trim(),
        source_id: sourceId ?? '',
        settings: { url: url.trim() },
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [api.environment, 'destinations'] }),
  });
  const made = create.data;

  const change = (next: boolean) => {
    onOpenChange(next);
    setName('');
    setUrl('');
    create.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  const stored = () => {
    change(false);
    if (made) void navigate({ to: '/destinations/$destinationId', params: { destinationId: made.id } });
  };

  return (
    <>
      <Dialog
        open={open && made === undefined}
        onOpenChange={change}
        title="Add a webhook"
        description="Every event of the source is sent to it as signed JSON, and sent again when it fails."
        footer={
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button
              type="submit"
              form="create-destination"
              variant="primary"
              busy={create.isPending}
              disabled={!name.trim() || !url.trim() || !sourceId}
            >
              Add webhook
            </Button>
          </>
        }
      >
        <form id="create-destination" onSubmit={submit} className="flex flex-col gap-4">
          {sources.data?.total === 0 ? (
            <p className="rounded-md bg-warn-soft px-3 py-2 text-warn">
              A destination gets the events of a source, and there is none yet.{' '}
              <Link to="/sources" className="underline">
                Create a source first
              </Link>
            </p>
          ) : (
            <Field label="Source" hint="Whose events are delivered.">
              {({ id }) => (
                <Select
                  id={id}
                  value={sourceId ?? ''}
                  onChange={setChosen}
                  options={(sources.data?.items ?? []).map((source) => ({ value: source.id, label: source.name }))}
                />
              )}
            </Field>
          )}
          <TextField label="Name" required maxLength={200} value={name} onChange={setName} placeholder="Billing" />
          <TextField
            label="URL"
            type="url"
            required
            maxLength={2_048}
            value={url}
            onChange={setUrl}
            placeholder="https://example.com/hooks/headgate"
            hint={
              api.environment === 'test'
                ? 'Test environment: calls are captured in the Sandbox and never leave.'
                : 'On a public address: private and loopback addresses are refused.'
            }
          />
          <InlineError error={create.error} />
        </form>
      </Dialog>
      <Dialog
        open={open && made !== undefined}
        onOpenChange={stored}
        sticky
        title="Store the signing secret now"
        description="Your receiver checks the webhook-signature header with it. It is shown this once."
        footer={
          <Button variant="primary" onClick={stored}>
            I have stored it
          </Button>
        }
      >
        {made?.signing_secret && <CopyField value={made.signing_secret} label="Copy signing secret" />}
        <p className="mt-3 text-muted">
          Signatures follow the Standard Webhooks format: its libraries for your language verify them as they are.
        </p>
      </Dialog>
    </>
  );
}
