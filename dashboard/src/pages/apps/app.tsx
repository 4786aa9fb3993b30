/** How an app is shown: how it proves itself, what it may; and the one look at its secret. */
import type { OAuthApp } from '../../api/types.ts';
import { plural } from '../../lib/time.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyField } from '../../ui/code.tsx';
import { Dialog } from '../../ui/dialog.tsx';

export const AUTH_METHODS: Readonly<Record<OAuthApp['auth_method'], string>> = {
  client_secret_basic: 'a secret',
  client_secret_post: 'a secret in the body',
  private_key_jwt: 'a key of its own',
  none: 'nothing: it can keep no secret',
};

export function hasSecret(app: OAuthApp): boolean {
  return app.auth_method.startsWith('client_secret');
}

export function AppBadges({ app }: { app: OAuthApp }) {
  return (
    <>
      <Badge tone={app.environment === 'test' ? 'warn' : 'accent'}>{app.environment}</Badge>
      <Badge title={app.scopes.join('\n')}>{plural(app.scopes.length, 'scope')}</Badge>
      {app.may_send && <Badge tone="accent">may send</Badge>}
    </>
  );
}

interface NewCredentials {
  id: string;
  /** null: it has none. */
  client_secret: string | null;
}

interface CredentialsProps {
  /** null: closed. */
  credentials: NewCredentials | null;
  title: string;
  onClose: () => void;
}

/** Stays until it is closed by its button: there is no second look. */
export function Credentials({ credentials, title, onClose }: CredentialsProps) {
  const secret = credentials?.client_secret ?? null;
  return (
    <Dialog
      open={credentials !== null}
      onOpenChange={(open) => !open && onClose()}
      sticky
      title={title}
      description={
        secret === null
          ? 'This app has no secret. Its id is all it needs.'
          : 'The secret is shown this once. The server keeps only a fingerprint of it.'
      }
      footer={
        <Button variant="primary" onClick={onClose}>
          {secret === null ? 'Done' : 'I have stored it'}
        </Button>
      }
    >
      {credentials && (
        <dl className="flex flex-col gap-4">
          <div>
            <dt className="mb-1 font-medium">Client ID</dt>
            <dd>
              <CopyField value={credentials.id} label="Copy client ID" />
            </dd>
          </div>
          {secret !== null && (
            <div>
              <dt className="mb-1 font-medium">Client secret</dt>
              <dd>
                <CopyField value={secret} label="Copy client secret" />
              </dd>
            </div>
          )}
        </dl>
      )}
    </Dialog>
  );
}
