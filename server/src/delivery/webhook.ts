/** The request of one webhook delivery: the message as JSON, signed as standardwebhooks.com describes. */
import { createHmac } from 'node:crypto';
import type { OutboundRequest } from '../outbound/http.ts';

export interface WebhookParts {
  readonly deliveryId: number;
  readonly destinationId: string;
  readonly url: string;
  /** `whsec_` + base64. */
  readonly signingSecret: string;
  /** The message as JSON text. */
  readonly body: string;
  readonly now: Date;
}

export function webhookRequest(parts: WebhookParts): OutboundRequest & { method: 'POST'; body: string } {
  const { body, url } = parts;
  // The same at every attempt, and unlike that of any other delivery of any installation: receivers drop repeats by it.
  const id = `dlv_${parts.deliveryId}_${parts.destinationId.replaceAll('-', '').slice(-16)}`;
  const timestamp = String(Math.floor(parts.now.getTime() / 1_000));
  const key = Buffer.from(parts.signingSecret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Headgate',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  };
}
