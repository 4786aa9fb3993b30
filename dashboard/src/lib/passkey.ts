/** Passkeys by the browser's own means: it reads and writes WebAuthn's JSON forms itself (WebAuthn level 3, §5.1). */
import { Cancelled } from './cancelled.ts';

/** False without TLS on another host than localhost, and in browsers that lack the JSON forms. */
export function passkeysWork(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

/** Signs the server's challenge with a passkey. @returns what the server checks. @throws Error with a text for the person. */
export async function signWithPasskey(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON);
  return json(await navigator.credentials.get({ publicKey }).catch(explain));
}

/** Makes a passkey on a device of the person's choice. @throws Error with a text for the person. */
export async function makePasskey(options: unknown): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON);
  return json(await navigator.credentials.create({ publicKey }).catch(explain));
}

function json(credential: Credential | null): unknown {
  if (!(credential instanceof PublicKeyCredential)) throw new Cancelled();
  return credential.toJSON();
}

function explain(error: unknown): never {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'InvalidStateError') throw new Error('This device holds a passkey for this account already.');
  // Browsers do not tell apart: refused, too slow, no passkey here.
  if (name === 'NotAllowedError') throw new Error('The browser gave no passkey. Try again, or use another way.');
  if (name === 'SecurityError') {
    throw new Error('Passkeys work only under the address that the server knows as its own (HEADGATE_PUBLIC_URL).');
  }
  throw error;
}
