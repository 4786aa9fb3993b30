/** Sets up one-time codes: the secret as a QR code, then a code to prove that the app has it. */
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useApi } from '../../api/client.ts';
import { useConfirmed } from '../../app/confirm.tsx';
import { showRecoveryCodes } from '../../app/recovery-codes.tsx';
import { BY_COOKIE, replaceSession } from '../../app/session.ts';
import { Cancelled } from '../../lib/cancelled.ts';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/code.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/form.tsx';
import { InlineError, Skeleton } from '../../ui/state.tsx';
import { QrCode } from './qr-code.tsx';

interface TotpSetupProps {
  open: boolean;
  onClose: () => void;
  /** After the recovery codes were kept, too. */
  onDone: () => void;
}

export function TotpSetup({ open, onClose, onDone }: TotpSetupProps) {
  const { client } = useApi();
  const confirmed = useConfirmed();
  const [code, setCode] = useState('');
  const begin = useMutation({
    mutationFn: () => confirmed(() => client.secondFactor.beginTotp()),
    // The secret is kept by this dialog alone and only until it is closed.
    gcTime: 0,
    onError: (error) => error instanceof Cancelled && onClose(),
  });
  const close = () => {
    onClose();
    setCode('');
    begin.reset();
    finish.reset();
  };
  const finish = useMutation({
    mutationFn: () =>
      confirmed(() =>
        replaceSession(() => client.secondFactor.confirmTotp({ code: code.replace(/\s/g, '') }, BY_COOKIE)),
      ),
    gcTime: 0,
    onSuccess: async ({ recovery_codes }) => {
      close();
      await showRecoveryCodes(recovery_codes);
      onDone();
    },
    onError: () => setCode(''),
  });
  const start = useRef(begin.mutate);
  useEffect(() => {
    if (open) start.current();
  }, [open]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    finish.mutate();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => !next && close()}
      title="Set up an authenticator app"
      description="Scan the picture with the app, then type the code that it shows."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            type="submit"
            form="totp-setup"
            variant="primary"
            busy={finish.isPending}
            disabled={!begin.data || !/^\d{3}\s?\d{3}$/.test(code.trim())}
          >
            Turn on
          </Button>
        </>
      }
    >
      <form id="totp-setup" onSubmit={submit} className="flex flex-col gap-4">
        {begin.data ? (
          <>
            <div className="flex justify-center">
              <QrCode text={begin.data.uri} label="QR code for the authenticator app" />
            </div>
            <div>
              <p className="mb-1 text-[13px] text-muted">No camera? Type this key into the app:</p>
              <CopyField value={begin.data.secret} label="Copy the key" />
            </div>
            <TextField
              label="Code"
              name="code"
              autoComplete="one-time-code"
              inputMode="numeric"
              maxLength={7}
              required
              autoFocus
              value={code}
              onChange={setCode}
            />
          </>
        ) : (
          !begin.isError && (
            <div role="status" aria-label="Loading" className="flex flex-col items-center gap-4">
              <Skeleton className="size-48" />
              <Skeleton className="h-8 w-full" />
            </div>
          )
        )}
        <InlineError error={begin.error ?? finish.error} />
      </form>
    </Dialog>
  );
}
