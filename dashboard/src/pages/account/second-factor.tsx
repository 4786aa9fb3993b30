/** One-time codes and recovery codes. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../../api/client.ts';
import type { Me } from '../../api/types.ts';
import { useConfirmed } from '../../app/confirm.tsx';
import { showRecoveryCodes } from '../../app/recovery-codes.tsx';
import { plural } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Panel } from '../../ui/page.tsx';
import { toastDone, toastError } from '../../ui/toast.tsx';
import { useFactorsChanged } from './passkeys.tsx';
import { TotpSetup } from './totp-setup.tsx';

type Factors = NonNullable<Me['second_factor']>;

export function SecondFactor({ factors }: { factors: Factors }) {
  const { client } = useApi();
  const confirmed = useConfirmed();
  const changed = useFactorsChanged();
  const [open, setOpen] = useState<'setup' | 'remove' | null>(null);
  const any = factors.totp || factors.passkeys > 0;
  const renew = useMutation({
    mutationFn: () => confirmed(() => client.secondFactor.renewRecoveryCodes()),
    gcTime: 0,
    onSuccess: async ({ recovery_codes }) => {
      renew.reset();
      await showRecoveryCodes(recovery_codes);
      await changed();
    },
    onError: toastError,
  });
  const remove = async () => {
    await confirmed(() => client.secondFactor.deleteTotp());
    await changed();
    toastDone('Codes are no longer asked for.');
  };
  return (
    <Panel
      title="Second factor"
      actions={factors.required && <Badge tone={any ? 'ok' : 'warn'}>required by the workspace</Badge>}
    >
      <div className="flex flex-col gap-5">
        <Row
          title="Authenticator app"
          state={factors.totp ? <Badge tone="ok">on</Badge> : <Badge>off</Badge>}
          text={
            factors.totp
              ? 'Signing in with the password also asks for a code of the app.'
              : 'A code from an app on your phone, asked for after the password. A stolen password alone is then worth nothing.'
          }
        >
          {factors.totp ? (
            <Button size="sm" variant="danger" onClick={() => setOpen('remove')}>
              Remove
            </Button>
          ) : (
            <Button size="sm" variant="primary" onClick={() => setOpen('setup')}>
              Set up
            </Button>
          )}
        </Row>
        {any && (
          <Row
            title="Recovery codes"
            state={
              <Badge tone={factors.recovery_codes_left < 3 ? 'warn' : 'neutral'}>
                {plural(factors.recovery_codes_left, 'code')} left
              </Badge>
            }
            text="For when the app and the passkeys are out of reach. New ones void those you have."
          >
            <Button size="sm" busy={renew.isPending} onClick={() => renew.mutate()}>
              Make new codes
            </Button>
          </Row>
        )}
      </div>
      <TotpSetup open={open === 'setup'} onClose={() => setOpen(null)} onDone={() => void changed()} />
      <ConfirmDialog
        open={open === 'remove'}
        onOpenChange={(next) => !next && setOpen(null)}
        title="Remove the authenticator app?"
        action="Remove it"
        onConfirm={remove}
      >
        {factors.passkeys > 0
          ? 'Your passkeys stay the second factor.'
          : 'Your password alone will then sign you in, and your recovery codes are void.'}
      </ConfirmDialog>
    </Panel>
  );
}

interface RowProps {
  title: string;
  state: React.ReactNode;
  text: string;
  children: React.ReactNode;
}

function Row({ title, state, text, children }: RowProps) {
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1 basis-56">
        <h3 className="flex items-center gap-2 font-medium">
          {title} {state}
        </h3>
        <p className="max-w-xl text-muted">{text}</p>
      </div>
      {children}
    </div>
  );
}
