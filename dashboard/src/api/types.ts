/** The shapes the pages work with, as the API's reference gives them. */

export type Environment = 'live' | 'test';
export type Outcome = 'accepted' | 'duplicate' | 'rejected';
export type DeliveryState = 'pending' | 'delivered' | 'failed' | 'captured';

export interface Page<T> {
  items: T[];
  cursor: string | null;
  total: number;
}

export interface Me {
  kind: 'key' | 'user';
  user: { id: string; email: string; name: string } | null;
  role: string | null;
  workspace: { id: string; slug: string; name: string };
  environment: Environment;
  scopes: string[];
  may_send: boolean;
}

export interface ScopeInfo {
  name: string;
  description: string;
  group: string;
  reads: boolean;
}

export interface ApiKey {
  id: string;
  number: number;
  name: string;
  public_id: string;
  environment: Environment;
  scopes: string[];
  full_access: boolean;
  may_send: boolean;
  created_at: string;
  created_by: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
}

export interface Source {
  id: string;
  name: string;
  environment: Environment;
  write_key: string;
  enabled: boolean;
  created_at: string;
  updated_at: string;
  last_event_at?: string | null;
}

export interface Destination {
  id: string;
  type: 'webhook';
  name: string;
  source_id: string;
  environment: Environment;
  settings: { url: string };
  enabled: boolean;
  signing_secret?: string;
  created_at: string;
  updated_at: string;
}

export interface Attempt {
  attempt: number;
  started_at: string;
  duration_ms: number;
  status: number | null;
  error: string | null;
  response: string | null;
}

export interface Delivery {
  id: string;
  event_id: string;
  destination_id: string;
  destination_name: string;
  state: DeliveryState;
  attempts: number;
  last_status: number | null;
  last_error: string | null;
  next_attempt_at: string | null;
  created_at: string;
  finished_at: string | null;
}

export interface DeliveryDetail extends Omit<Delivery, 'attempts'> {
  attempts: Attempt[];
}

export interface EventDelivery {
  id: string;
  destination_id: string;
  destination_name: string;
  state: DeliveryState;
  attempts: number;
  last_status: number | null;
  last_error: string | null;
}

export interface EventItem {
  id: string;
  outcome: Outcome;
  code: string | null;
  reason: string | null;
  type: string | null;
  name: string | null;
  message_id: string | null;
  source_id: string;
  user_id: string | null;
  anonymous_id: string | null;
  profile_id: string | null;
  occurred_at: string | null;
  received_at: string;
  deliveries: EventDelivery[];
}

export interface EventDetail extends EventItem {
  payload: unknown;
}

export interface MinuteCount {
  minute: string;
  accepted: number;
  duplicate: number;
  rejected: number;
}

export interface Person {
  id: string;
  name: string | null;
  email: string | null;
  user_id: string | null;
  identifiers_count: number;
  first_seen_at: string;
  last_seen_at: string;
}

export interface PersonDetail extends Person {
  identifiers: { type: string; value: string }[];
  traits: Record<string, unknown>;
}

export interface Template {
  id: string;
  name: string;
  slug: string;
  subject: string;
  html: string;
  variables_schema: Record<string, unknown>;
  category: 'transactional' | 'marketing';
  is_active: boolean;
  created_at: string;
  updated_at: string;
}

export interface Preview {
  subject: string;
  html: string;
  text: string;
}

export interface SandboxItem {
  id: string;
  kind: 'email' | 'http';
  summary: string;
  created_at: string;
}

export interface SandboxDetail extends SandboxItem {
  content: Record<string, unknown>;
}

/** What the events page's address says. */
export interface EventsSearch {
  type?: string | undefined;
  outcome?: Outcome | undefined;
  source?: string | undefined;
  q?: string | undefined;
  /** The event whose panel is open. */
  event?: string | undefined;
}
