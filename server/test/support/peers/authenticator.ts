/** A passkey without a device: makes registrations and signatures as an authenticator and its browser do (WebAuthn, ES256). */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const FLAGS = { present: 0x01, verified: 0x04, attested: 0x40 };

export interface CeremonyOptions {
  /** Default: the page of the options' relying party. */
  origin?: string;
  rpId?: string;
  /** Whether the device verified its holder. Default true. */
  verified?: boolean;
  /** Default: one more than before. */
  counter?: number;
  /** Default: the options' own. */
  challenge?: string;
  type?: string;
}

export type Authenticator = ReturnType<typeof createAuthenticator>;

export function createAuthenticator(page: { origin: string; rpId: string }) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const credentialId = randomBytes(32);
  const id = credentialId.toString('base64url');
  let counter = 0;
  let userHandle = '';

  function clientData(type: string, challenge: string, options: CeremonyOptions): Buffer {
    const origin = options.origin ?? page.origin;
    return Buffer.from(JSON.stringify({ type: options.type ?? type, challenge, origin, crossOrigin: false }));
  }

  function authenticatorData(options: CeremonyOptions, attested?: Buffer): Buffer {
    counter = options.counter ?? counter + 1;
    const head = Buffer.alloc(5);
    const verified = options.verified === false ? 0 : FLAGS.verified;
    head.writeUInt8(FLAGS.present | verified | (attested ? FLAGS.attested : 0));
    head.writeUInt32BE(counter, 1);
    const rpIdHash = createHash('sha256')
      .update(options.rpId ?? page.rpId)
      .digest();
    return Buffer.concat([rpIdHash, head, attested ?? Buffer.alloc(0)]);
  }

  return {
    id,

    /** What navigator.credentials.create gives for these options. */
    register(creation: { challenge: string; user: { id: string } }, options: CeremonyOptions = {}) {
      userHandle = creation.user.id;
      const jwk = publicKey.export({ format: 'jwk' });
      const cose = map([
        [int(1), int(2)],
        [int(3), int(-7)],
        [int(-1), int(1)],
        [int(-2), bytes(Buffer.from(jwk.x ?? '', 'base64url'))],
        [int(-3), bytes(Buffer.from(jwk.y ?? '', 'base64url'))],
      ]);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, cose]);
      const attestation = map([
        [text('fmt'), text('none')],
        [text('attStmt'), map([])],
        [text('authData'), bytes(authenticatorData(options, attested))],
      ]);
      const data = clientData('webauthn.create', options.challenge ?? creation.challenge, options);
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: data.toString('base64url'),
          attestationObject: attestation.toString('base64url'),
          transports: ['internal'],
        },
      };
    },

    /** What navigator.credentials.get gives for these options. */
    sign(request: { challenge: string }, options: CeremonyOptions = {}) {
      const data = clientData('webauthn.get', options.challenge ?? request.challenge, options);
      const authData = authenticatorData(options);
      const hash = createHash('sha256').update(data).digest();
      return {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: {
          clientDataJSON: data.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: sign('sha256', Buffer.concat([authData, hash]), privateKey).toString('base64url'),
          userHandle,
        },
      };
    },
  };
}

// CBOR (RFC 8949), as far as it is needed ---------------------------------------------------------

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.of((major << 5) | value);
  if (value < 256) return Buffer.of((major << 5) | 24, value);
  return Buffer.of((major << 5) | 25, value >> 8, value & 255);
}

function int(value: number): Buffer {
  return value < 0 ? head(1, -1 - value) : head(0, value);
}

function bytes(value: Buffer): Buffer {
  return Buffer.concat([head(2, value.length), value]);
}

function text(value: string): Buffer {
  return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
}

function map(entries: [Buffer, Buffer][]): Buffer {
  return Buffer.concat([head(5, entries.length), ...entries.flat()]);
}
