/** Behind an invitation's link: who is invited to what; accepted by a new account or by the one there is. */
import { HeadgateError } from '@headgate/sdk';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ANONYMOUS, meQuery, useApi } from '../../api/client.ts';
import { signIn, signOut, useSession } from '../../app/session.ts';
import { openWorkspace } from '../../app/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/form.tsx';
import { ErrorState, errorText, InlineError, SkeletonRows } from '../../ui/state.tsx';
import { Time } from '../../ui/time.tsx';
import { useAddressToken } from './address-token.ts';
import { SignInForm } from './form.tsx';
import { Frame } from './frame.tsx';
import { NewPassword } from './new-password.tsx';

type Found = Awaited<ReturnType<typeof ANONYMOUS.invitations.look>>;

export function Invitation() {
  const token = useAddressToken();
  const session = useSession();
  const [joining, setJoining] = useState(false);
  const look = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => ANONYMOUS.invitations.look({ token }),
    enabled: token !== '',
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (token === '') {
    return (
      <Frame title="Invitation" heading="This link is not whole">
        <p className="text-muted">Open the link from the mail again: the part behind the # is missing.</p>
      </Frame>
    );
  }
  if (look.isPending || look.isError) {
    const over = look.error instanceof HeadgateError && look.error.code === 'not_found';
    return (
      <Frame title="Invitation" heading={over ? 'This link is over' : 'Invitation'}>
        {look.isPending && <SkeletonRows rows={3} />}
        {over && <p className="text-muted">{errorText(look.error)}</p>}
        {look.isError && !over && <ErrorState error={look.error} onRetry={() => void look.refetch()} />}
      </Frame>
    );
  }
  const { email, role, workspace, expires_at, has_account } = look.data;
  return (
    <Frame title="Invitation" heading={`Join ${workspace.name}`}>
      <p className="mb-4 text-muted">
        <span className="break-words font-medium text-ink">{email}</span> is invited as{' '}
        <span className="font-medium text-ink">{role}</span>. The link ends <Time value={expires_at} />.
      </p>
      {session === 'in' && !joining ? (
        <AcceptSignedIn token={token} found={look.data} />
      ) : has_account ? (
        <>
          <p className="mb-4">You have an account here. Sign in to join.</p>
          <SignInForm email={email} />
        </>
      ) : (
        <AcceptAnew token={token} found={look.data} onAccepted={() => setJoining(true)} />
      )}
    </Frame>
  );
}

function AcceptSignedIn({ token, found }: { token: string; found: Found }) {
  const api = useApi();
  // Who belongs to no workspace yet gets no answer here; the server compares the addresses all the same.
  const me = useQuery(meQuery(api));
  const accept = useMutation({
    mutationFn: () => api.client.invitations.accept({ token }),
    gcTime: 0,
    onSuccess: (done) => openWorkspace(done.workspace.slug),
  });
  const other = me.data?.user && me.data.user.email !== found.email ? me.data.user.email : null;
  if (other) {
    return (
      <div className="flex flex-col items-start gap-4">
        <p>
          You are signed in as <span className="break-words font-medium">{other}</span>. The invitation is for another
          address.
        </p>
        <Button onClick={() => void signOut()}>Sign out</Button>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <InlineError error={accept.error} />
      <Button
        variant="primary"
        className="h-9.5"
        autoFocus
        busy={me.isPending || accept.isPending || accept.isSuccess}
        onClick={() => accept.mutate()}
      >
        Join {found.workspace.name}
      </Button>
    </div>
  );
}

interface AcceptAnewProps {
  token: string;
  found: Found;
  /** Before the new session shows. */
  onAccepted: () => void;
}

function AcceptAnew({ token, found, onAccepted }: AcceptAnewProps) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useMutation({
    mutationFn: async () => {
      const done = await ANONYMOUS.invitations.accept({ token, name: name.trim(), password });
      onAccepted();
      // The account is there whatever becomes of this; the next page asks who cannot be signed in here.
      await signIn(done.email, password).catch(() => undefined);
      return done;
    },
    gcTime: 0,
    onSuccess: (done) => openWorkspace(done.workspace.slug),
  });
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate();
      }}
    >
      <TextField
        label="Email"
        type="email"
        name="email"
        autoComplete="username"
        readOnly
        value={found.email}
        onChange={() => undefined}
      />
      <TextField
        label="Your name"
        name="name"
        autoComplete="name"
        autoFocus
        maxLength={200}
        value={name}
        onChange={setName}
      />
      <NewPassword label="Password" value={password} onChange={setPassword} />
      <InlineError error={accept.error} />
      <Button type="submit" variant="primary" busy={accept.isPending || accept.isSuccess} className="h-9.5">
        Make the account and join
      </Button>
    </form>
  );
}
