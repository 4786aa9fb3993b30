/** Names for the shapes that the SDK's calls give, so that pages can speak of a Source or an EventItem. */
import type { Client } from '@headgate/sdk';

type Answer<Call extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>;
type Item<Call extends (...args: never[]) => Promise<{ items: unknown[] }>> = Answer<Call>['items'][number];

/** A list's answer; `cursor` is null on its last page. */
export interface Page<T> {
  items: T[];
  cursor: string | null;
  total: number;
}

export type ScopeInfo = Item<Client['scopes']['list']>;
export type ApiKey = Item<Client['apiKeys']['list']>;
export type Source = Item<Client['sources']['list']>;
export type Destination = Item<Client['destinations']['list']>;
export type Delivery = Item<Client['destinations']['deliveries']>;
export type Attempt = Answer<Client['deliveries']['get']>['attempts'][number];
export type EventItem = Item<Client['events']['list']>;
export type EventDelivery = EventItem['deliveries'][number];
export type MinuteCount = Item<Client['events']['counts']>;
export type Person = Item<Client['people']['list']>;
export type PersonDetail = Answer<Client['people']['get']>;
export type Template = Item<Client['templates']['list']>;
export type SandboxItem = Item<Client['sandbox']['list']>;
export type SandboxDetail = Answer<Client['sandbox']['get']>;

export type CatalogType = Item<Client['catalog']['destinations']>;
export type CatalogDetail = Answer<Client['catalog']['destination']>;
export type ActionType = CatalogDetail['action_types'][number];
export type Mapping = Item<Client['subscriptions']['list']>;
export type Filter = Item<Client['filters']['list']>;
export type CatalogSetting = CatalogDetail['settings'][number];
export type Label = Item<Client['labels']['list']>;
export type SchemaSettings = Answer<Client['sources']['schemaSettings']>;
export type Plan = Item<Client['trackingPlans']['list']>;
export type WholePlan = Answer<Client['trackingPlans']['get']>;
export type PlanRule = WholePlan['rules'][number];
export type ObservedEvent = Answer<Client['trackingPlans']['schema']>['events'][number];
export type ListedFunction = Item<Client['functions']['list']>;
export type OneFunction = Answer<Client['functions']['get']>;
export type FunctionKind = OneFunction['kind'];
export type FunctionSetting = OneFunction['settings'][number];
export type FunctionVersion = Item<Client['functions']['versions']>;
export type FunctionOutcome = Answer<Client['functions']['preview']>;
export type Warehouse = Item<Client['warehouses']['list']>;

export type Alert = Item<Client['alerts']['list']>;
export type Leak = Item<Client['leaks']['list']>;
export type Approval = Item<Client['approvals']['list']>;
export type OAuthApp = Item<Client['oauthClients']['list']>;
export type OAuthGrant = Item<Client['oauthGrants']['list']>;
export type ConsentQuestion = Answer<Client['oauth']['question']>;
export type UnusedKey = Item<Client['usage']['unusedKeys']>;

/** What the usage page's address says. */
export interface UsageSearch {
  /** A key's id. */
  key?: string | undefined;
  route?: string | undefined;
  status?: string | undefined;
  ip?: string | undefined;
  span?: string | undefined;
}

export type KeyPolicy = Answer<Client['keyPolicy']['get']>;
export type KeySummary = Answer<Client['usage']['summary']>;
export type UsageEntry = Item<Client['usage']['list']>;
export type LeastPrivilegeReport = Answer<Client['usage']['leastPrivilege']>;
export type Member = Item<Client['members']['list']>;
export type Role = Member['role'];
export type Group = Item<Client['groups']['list']>;
export type Permission = Group['permissions'][number];
export type Invitation = Item<Client['invitations']['list']>;
export type Session = Item<Client['sessions']['list']>;
export type Passkey = Item<Client['passkeys']['list']>;
export type Me = Answer<Client['me']['get']>;
export type AuditEntry = Item<Client['audit']['list']>;

/** What the audit page's address says. */
export interface AuditSearch {
  q?: string | undefined;
  /** How the action begins. */
  action?: string | undefined;
}

export type Environment = Source['environment'];
export type Outcome = EventItem['outcome'];
export type DeliveryState = Delivery['state'];
export const EVENT_TYPES = ['track', 'identify', 'page', 'screen', 'group', 'alias'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What the events page's address says. */
export interface EventsSearch {
  type?: EventType | undefined;
  outcome?: Outcome | undefined;
  source?: string | undefined;
  q?: string | undefined;
  /** The event whose panel is open. */
  event?: string | undefined;
}
