/** The workspace's name; a menu where the person belongs to several. */
import { useQuery } from '@tanstack/react-query';
import { ChevronsUpDown } from 'lucide-react';
import { meQuery, useApi } from '../api/client.ts';
import { cx } from '../lib/cx.ts';
import { Menu, MenuChoice, MenuLabel } from '../ui/menu.tsx';
import { Skeleton } from '../ui/state.tsx';
import { Logo } from './logo.tsx';
import { openWorkspace } from './workspace.ts';

export function WorkspaceSwitch({ className }: { className: string }) {
  const me = useQuery(meQuery(useApi()));
  const name = me.data ? (
    <span className="truncate font-semibold" title={me.data.workspace.slug}>
      {me.data.workspace.name}
    </span>
  ) : (
    !me.isError && <Skeleton className="h-3.5 w-24" />
  );
  const several = me.data && me.data.workspaces.length > 1 ? me.data : null;
  return (
    <div className={cx('flex items-center gap-2.5', className)}>
      <Logo className="size-6 shrink-0" />
      {several ? (
        <Menu
          trigger={
            <button
              type="button"
              aria-label={`Workspace: ${several.workspace.name}`}
              className="-ml-1.5 flex h-8.5 min-w-0 items-center gap-1 rounded-md px-1.5 hover:bg-sunken max-sm:h-10"
            >
              {name}
              <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
            </button>
          }
        >
          <MenuLabel>Workspaces</MenuLabel>
          <MenuChoice
            value={several.workspace.slug}
            onChange={(slug) => slug !== several.workspace.slug && openWorkspace(slug)}
            options={several.workspaces.map(({ slug, name }) => ({ value: slug, label: name }))}
          />
        </Menu>
      ) : (
        name
      )}
    </div>
  );
}
