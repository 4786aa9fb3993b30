/** The dialog that makes a source and leads to its page, where the snippets are. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/form.tsx';
import { InlineError } from '../../ui/state.tsx';

interface CreateSourceProps {
  /** Slug of the type it is to be, when a page of the catalog led here. */
  setup?: string | undefined;
}

export function CreateSource({ setup }: CreateSourceProps) {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('sources:write');
  const [open, setOpen] = useState(setup !== undefined);
  const [name, setName] = useState('');
  const create = useMutation({
    mutationFn: () => client.sources.create({ name: name.trim(), ...(setup && { type: setup }) }),
    onSuccess: (source) => {
      setOpen(false);
      void queries.invalidateQueries({ queryKey: [environment, 'sources'] });
      void navigate({ to: '/sources/$sourceId', params: { sourceId: source.id } });
    },
  });
  const change = (next: boolean) => {
    setOpen(next);
    setName('');
    create.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate();
  };
  if (!allowed) return null;
  return (
    <>
      <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => change(true)}>
        Create source
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title="Create a source"
        description={`In the ${environment} environment. Each source has its own write key.`}
        footer={
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button
              type="submit"
              form="create-source"
              variant="primary"
              busy={create.isPending}
              disabled={name.trim() === ''}
            >
              Create source
            </Button>
          </>
        }
      >
        <form id="create-source" onSubmit={submit} className="flex flex-col gap-4">
          <TextField
            label="Name"
            hint="Where the events come from: Website, iOS app, Backend."
            required
            maxLength={200}
            value={name}
            onChange={setName}
          />
          <p className="text-muted">
            {setup ? `Type: ${setup}. ` : 'It takes events of any Segment SDK. '}
            <Link to="/catalog" search={{ kind: 'sources' }} className="text-accent hover:underline">
              Choose a type in the catalog
            </Link>
          </p>
          <InlineError error={create.error} />
        </form>
      </Dialog>
    </>
  );
}
