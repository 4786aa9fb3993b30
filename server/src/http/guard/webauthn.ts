/** Schemas of what browsers answer with `PublicKeyCredential.toJSON()` (WebAuthn level 3, §5.1.8), bounded. */
import { Type } from 'typebox';

const base64url = (maxLength: number) => Type.String({ maxLength, pattern: '^[\\w-]*$' });

const Extensions = Type.Optional(Type.Object({}, { additionalProperties: true, maxProperties: 20 }));
const Attachment = Type.Optional(Type.Union([Type.String({ maxLength: 50 }), Type.Null()]));

const FIELDS = {
  id: base64url(1_400),
  rawId: base64url(1_400),
  type: Type.Literal('public-key'),
  clientExtensionResults: Extensions,
  authenticatorAttachment: Attachment,
};

/** Of `navigator.credentials.get`. */
export const AssertionBody = Type.Object(
  {
    ...FIELDS,
    response: Type.Object(
      {
        clientDataJSON: base64url(4_000),
        authenticatorData: base64url(4_000),
        signature: base64url(2_000),
        userHandle: Type.Optional(Type.Union([base64url(100), Type.Null()])),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);

/** Of `navigator.credentials.create`. */
export const AttestationBody = Type.Object(
  {
    ...FIELDS,
    response: Type.Object(
      {
        clientDataJSON: base64url(4_000),
        attestationObject: base64url(16_000),
        authenticatorData: Type.Optional(base64url(8_000)),
        transports: Type.Optional(Type.Array(Type.String({ maxLength: 32, pattern: '^[a-z-]+$' }), { maxItems: 10 })),
        publicKey: Type.Optional(Type.Union([base64url(4_000), Type.Null()])),
        publicKeyAlgorithm: Type.Optional(Type.Integer()),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
