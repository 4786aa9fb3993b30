/** The list of pages, in the sidebar and in the phone's drawer. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import {
  Activity,
  AppWindow,
  Beaker,
  BellRing,
  ChartLine,
  ChartNoAxesColumn,
  ClipboardCheck,
  Database,
  FileText,
  FunctionSquare,
  KeyRound,
  LayoutDashboard,
  LayoutGrid,
  type LucideIcon,
  Radio,
  ScrollText,
  Send,
  Tags,
  UserRoundCog,
  Users,
  UsersRound,
} from 'lucide-react';
import { openAlertsQuery } from '../api/alerts.ts';
import { meQuery, useApi } from '../api/client.ts';
import { count } from '../lib/time.ts';

interface Item {
  to:
    | '/'
    | '/events'
    | '/sources'
    | '/destinations'
    | '/warehouses'
    | '/functions'
    | '/plans'
    | '/catalog'
    | '/people'
    | '/metrics'
    | '/settings/labels'
    | '/templates'
    | '/sandbox'
    | '/alerts'
    | '/settings/apps'
    | '/settings/usage'
    | '/settings/api-keys'
    | '/settings/members'
    | '/settings/groups'
    | '/settings/audit';
  label: string;
  icon: LucideIcon;
}

const GROUPS: readonly { label: string | null; items: readonly Item[] }[] = [
  {
    label: null,
    items: [
      { to: '/', label: 'Overview', icon: LayoutDashboard },
      { to: '/events', label: 'Events', icon: Activity },
      { to: '/people', label: 'People', icon: Users },
      { to: '/metrics', label: 'Metrics', icon: ChartLine },
      { to: '/alerts', label: 'Alerts', icon: BellRing },
    ],
  },
  {
    label: 'Connections',
    items: [
      { to: '/sources', label: 'Sources', icon: Radio },
      { to: '/destinations', label: 'Destinations', icon: Send },
      { to: '/warehouses', label: 'Warehouses', icon: Database },
      { to: '/plans', label: 'Tracking plans', icon: ClipboardCheck },
      { to: '/functions', label: 'Functions', icon: FunctionSquare },
      { to: '/catalog', label: 'Catalog', icon: LayoutGrid },
    ],
  },
  {
    label: 'Messaging',
    items: [
      { to: '/templates', label: 'Templates', icon: FileText },
      { to: '/sandbox', label: 'Sandbox', icon: Beaker },
    ],
  },
  {
    label: 'Settings',
    items: [
      { to: '/settings/api-keys', label: 'API Keys', icon: KeyRound },
      { to: '/settings/members', label: 'Members', icon: UsersRound },
      { to: '/settings/groups', label: 'Groups', icon: UserRoundCog },
      { to: '/settings/labels', label: 'Labels', icon: Tags },
      { to: '/settings/apps', label: 'OAuth apps', icon: AppWindow },
      { to: '/settings/usage', label: 'Usage', icon: ChartNoAxesColumn },
      { to: '/settings/audit', label: 'Audit trail', icon: ScrollText },
    ],
  },
];

export function Navigation({ onNavigate }: { onNavigate?: () => void }) {
  return (
    <nav aria-label="Main" className="flex flex-col gap-4 px-2 py-3">
      {GROUPS.map((group) => (
        <div key={group.label ?? 'top'}>
          {group.label && <div className="px-2 pb-1 font-medium text-muted text-xs">{group.label}</div>}
          <ul className="flex flex-col gap-0.5">
            {group.items.map((item) => (
              <li key={item.to}>
                <Link
                  to={item.to}
                  activeOptions={{ exact: item.to === '/', includeSearch: false }}
                  {...(onNavigate && { onClick: onNavigate })}
                  className="flex h-8 items-center gap-2.5 rounded-md px-2 text-muted hover:bg-sunken hover:text-ink max-md:h-11"
                  activeProps={{ className: 'bg-accent-soft! text-accent-strong! font-medium' }}
                >
                  <item.icon aria-hidden className="size-4 shrink-0" />
                  {item.label}
                  {item.to === '/alerts' && <OpenAlerts />}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function OpenAlerts() {
  const api = useApi();
  const me = useQuery(meQuery(api));
  // Asked for only once the role is known to allow it.
  const open = useQuery({ ...openAlertsQuery(api), enabled: me.data?.scopes.includes('alerts:read') ?? false });
  if (!open.data) return null;
  return (
    <span className="ml-auto rounded-full bg-bad-soft px-1.5 font-medium text-bad text-xs tabular-nums">
      {count(open.data)}
      <span className="sr-only"> open</span>
    </span>
  );
}
