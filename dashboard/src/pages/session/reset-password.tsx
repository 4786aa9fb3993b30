/** Behind the mailed link: sets a new password. */
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { resetPassword } from '../../app/session.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { InlineError } from '../../ui/state.tsx';
import { useAddressToken } from './address-token.ts';
import { Frame, LINK } from './frame.tsx';
import { NewPassword } from './new-password.tsx';

export function ResetPassword() {
  const token = useAddressToken();
  const [password, setPassword] = useState('');
  const reset = useMutation({
    mutationFn: () => resetPassword(token, password),
    gcTime: 0,
    onSuccess: () => setPassword(''),
  });
  if (reset.isSuccess) {
    return (
      <Frame title="Password set" heading="The new password is set">
        <p role="status" className="mb-4 text-muted">
          You were signed out everywhere. A second factor stays as it was.
        </p>
        <Link to="/sign-in" className={buttonClass('primary')}>
          Sign in
        </Link>
      </Frame>
    );
  }
  return (
    <Frame title="New password" heading="Choose a new password">
      {token === '' ? (
        <p className="text-muted">
          This address holds no token. Open the link from the mail again, or{' '}
          <Link to="/forgot-password" className={LINK}>
            ask for another one
          </Link>
          .
        </p>
      ) : (
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            reset.mutate();
          }}
        >
          <NewPassword value={password} onChange={setPassword} />
          <InlineError error={reset.error} />
          <Button type="submit" variant="primary" busy={reset.isPending} className="h-9.5">
            Set password
          </Button>
          <p className="text-muted">
            <Link to="/forgot-password" className={LINK}>
              Ask for another link
            </Link>
          </p>
        </form>
      )}
    </Frame>
  );
}
