/** The dialog that invites somebody; without a mail server the one look at the link. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { Role } from '../../api/types.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/code.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextField } from '../../ui/form.tsx';
import { Select } from '../../ui/menu.tsx';
import { InlineError } from '../../ui/state.tsx';
import { toastDone } from '../../ui/toast.tsx';
import { INVITATIONS } from './queries.ts';
import { grantable } from './roles.ts';

interface InviteProps {
  open: boolean;
  onClose: () => void;
  /** Of who invites. */
  own: Role | null;
}

export function Invite({ open, onClose, own }: InviteProps) {
  const { client } = useApi();
  const queries = useQueryClient();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const invite = useMutation({
    mutationFn: () => client.invitations.create({ email: email.trim(), role }),
    // The link is kept by this dialog alone and only until it is closed.
    gcTime: 0,
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: INVITATIONS });
      if (made.link !== null) return;
      close();
      toastDone(`A mail to ${made.email} is on its way.`);
    },
  });
  const close = () => {
    onClose();
    setEmail('');
    setRole('member');
    invite.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate();
  };
  const roles = grantable(own);
  const link = invite.data?.link ?? null;
  return (
    <>
      <Dialog
        open={open && link === null}
        onOpenChange={(next) => !next && close()}
        title="Invite somebody"
        description="They get a link that is good once, for seven days, for this address only. Inviting again replaces it."
        footer={
          <>
            <Button onClick={close}>Cancel</Button>
            <Button
              type="submit"
              form="invite"
              variant="primary"
              busy={invite.isPending}
              disabled={email.trim() === ''}
            >
              Invite
            </Button>
          </>
        }
      >
        <form id="invite" onSubmit={submit} className="flex flex-col gap-4">
          <TextField label="Email" type="email" required maxLength={254} value={email} onChange={setEmail} />
          <Field label="Role" hint={roles.find(({ value }) => value === role)?.hint}>
            {(ids) => <Select id={ids.id} value={role} onChange={setRole} options={roles} />}
          </Field>
          <InlineError error={invite.error} />
        </form>
      </Dialog>
      <Dialog
        open={open && link !== null}
        onOpenChange={(next) => !next && close()}
        sticky
        title="Give this link to them"
        description={`No mail server is configured, so nothing was sent. The link is for ${invite.data?.email ?? ''} alone, and is shown this once.`}
        footer={
          <Button variant="primary" onClick={close}>
            I have it
          </Button>
        }
      >
        {link !== null && <CopyField value={link} label="Copy link" />}
      </Dialog>
    </>
  );
}
