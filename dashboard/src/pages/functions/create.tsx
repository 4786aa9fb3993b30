/** The dialog that makes a function of a kind and leads to its editor. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useApi, useCan } from '../../api/client.ts';
import type { FunctionKind } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { InlineError } from '../../ui/state.tsx';
import { KINDS, kindOf } from './kinds.ts';

export function CreateFunction() {
  const { client, environment } = useApi();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const allowed = useCan('workspace');
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<FunctionKind>('insert_destination');
  const create = useMutation({
    mutationFn: () => client.functions.create({ kind, name: name.trim(), code: kindOf(kind).code }),
    onSuccess: (made) => {
      setOpen(false);
      void queries.invalidateQueries({ queryKey: [environment, 'functions'] });
      void navigate({ to: '/functions/$functionId', params: { functionId: made.id } });
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
        Create function
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        title="Create a function"
        footer={
          <>
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button
              type="submit"
              form="create-function"
              variant="primary"
              busy={create.isPending}
              disabled={name.trim() === ''}
            >
              Create function
            </Button>
          </>
        }
      >
        <form id="create-function" onSubmit={submit} className="flex flex-col gap-4">
          <TextField label="Name" required maxLength={200} value={name} onChange={setName} />
          <Field label="Kind" hint={kindOf(kind).hint}>
            {({ id }) => (
              <Select
                id={id}
                value={kind}
                onChange={setKind}
                options={KINDS.map(({ value, label }) => ({ value, label }))}
              />
            )}
          </Field>
          <InlineError error={create.error} />
        </form>
      </Dialog>
    </>
  );
}
