/** Whether an address wants messages. */
import type { DefaultJson, DefaultTime, Scoped } from '../columns.ts';

type Status = 'DID_NOT_SUBSCRIBE' | 'SUBSCRIBED' | 'UNSUBSCRIBED';

interface GroupOfAddress {
  status: Status;
  updatedAt: string;
}

export interface SubscriptionTables {
  messaging_subscriptions: Scoped & {
    type: 'ANDROID_PUSH' | 'EMAIL' | 'IOS_PUSH' | 'SMS' | 'WHATSAPP';
    key: string;
    status: 'DID_NOT_SUBSCRIBE' | 'SUBSCRIBED' | 'UNSUBSCRIBED';
    groups: DefaultJson<Record<string, GroupOfAddress>>;
    updated_at: DefaultTime;
  };
  subscription_groups: Scoped & { id: string; name: string };
}
