/**
 * The request of one webhook delivery: the message as JSON, signed as standardwebhooks.com describes where the destination
 * has a signing secret, and as Segment's webhooks do where it has a shared one.
 */
import { createHmac } from 'node:crypto';
import type { LiveDestination } from '../connections/destinations/live.ts';
import type { Target } from '../connections/destinations/targets.ts';
import type { OutboundRequest } from '../outbound/http.ts';

export interface WebhookParts {
  readonly deliveryId: number;
  readonly destination: Pick<LiveDestination, 'id' | 'signingSecret' | 'sharedSecret'>;
  readonly target: Pick<Target, 'key' | 'url' | 'method' | 'headers'>;
  /** The message as JSON text. */
  readonly body: string;
  readonly now: Date;
}

export function webhookRequest(parts: WebhookParts): OutboundRequest & { method: Target['method']; body: string } {
  const { body, target, destination } = parts;
  const { signingSecret, sharedSecret } = destination;
  // The same at every attempt, and unlike that of any other delivery of any installation: receivers drop repeats by it.
  const which = target.key === '' ? '' : `_${target.key.replaceAll('-', '').slice(-16)}`;
  const id = `dlv_${parts.deliveryId}_${destination.id.replaceAll('-', '').slice(-16)}${which}`;
  const timestamp = String(Math.floor(parts.now.getTime() / 1_000));
  return {
    method: target.method,
    url: target.url,
    headers: {
      'user-agent': 'Headgate',
      ...target.headers,
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      ...(signingSecret !== null && { 'webhook-signature': signature(signingSecret, `${id}.${timestamp}.${body}`) }),
      ...(sharedSecret !== null && { 'x-signature': createHmac('sha1', sharedSecret).update(body).digest('hex') }),
    },
    body,
  };
}

/** @param secret `whsec_` + base64. */
function signature(secret: string, text: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
}
