/** The frame around every page: sidebar (a drawer on a phone), workspace, environment switch, theme and person. */
import { HeadgateError } from '@headgate/sdk';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { BookOpen, LogOut, Menu as MenuIcon, Monitor, Moon, Settings2, Sun, UserRound, X } from 'lucide-react';
import { Dialog as RadixDialog } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { meQuery, useApi } from '../api/client.ts';
import type { Environment } from '../api/types.ts';
import { Enrol } from '../pages/account/enrol.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from '../ui/menu.tsx';
import { ErrorState } from '../ui/state.tsx';
import { Segmented } from '../ui/tabs.tsx';
import { Toasts } from '../ui/toast.tsx';
import { ConfirmPassword } from './confirm.tsx';
import { Navigation } from './navigation.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { signOut } from './session.ts';
import { setTheme, type Theme, useTheme } from './theme.ts';
import { openWorkspace, workspaceInAddress } from './workspace.ts';
import { WorkspaceSwitch } from './workspace-switch.tsx';

export function Shell() {
  const { environment } = useApi();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = useRef(path);
  useEffect(() => {
    // After a page change the reading position starts at the new page, not at the link that was left.
    if (path !== first.current) main.current?.focus({ preventScroll: true });
    first.current = path;
  }, [path]);
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-2 font-medium text-on-accent focus:translate-y-0"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col overflow-y-auto border-r bg-panel md:flex">
        <WorkspaceSwitch className="h-12 border-b px-4" />
        <Navigation />
        <a
          href="/docs"
          className="mx-2 mt-auto mb-3 flex h-8 items-center gap-2.5 rounded-md px-2 text-muted hover:bg-sunken hover:text-ink"
        >
          <BookOpen aria-hidden className="size-4" />
          API reference
        </a>
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-20 bg-panel">
          {environment === 'test' && (
            <div
              aria-hidden
              className="h-1 bg-[repeating-linear-gradient(135deg,var(--warn)_0_8px,var(--warn-soft)_8px_16px)]"
            />
          )}
          <div className="flex h-12 items-center gap-2 border-b px-3 sm:px-4">
            <Drawer />
            <WorkspaceSwitch className="min-w-0 flex-1 md:hidden" />
            {environment === 'test' && (
              <p className="hidden min-w-0 flex-1 truncate text-[13px] text-warn md:block">
                <strong className="font-semibold">Sandbox.</strong> Nothing leaves: mail and webhook calls are captured.
              </p>
            )}
            <div className="ml-auto flex items-center gap-1.5">
              <EnvironmentSwitch />
              <ThemeMenu />
              <PersonMenu />
            </div>
          </div>
        </header>
        <main ref={main} id="main" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          <Content />
        </main>
      </div>
      <ConfirmPassword />
      <RecoveryCodes />
      <Toasts />
    </div>
  );
}

/** The page, unless the person can see none here. */
function Content() {
  const me = useQuery(meQuery(useApi()));
  if (me.data?.second_factor?.must_enrol) return <Enrol me={me.data} />;
  if (me.error instanceof HeadgateError && me.error.status === 403) {
    return (
      <div className="pb-6">
        <ErrorState error={me.error} />
        {workspaceInAddress() !== undefined && (
          <p className="text-center">
            <Button onClick={() => openWorkspace(undefined)}>Open your first workspace</Button>
          </p>
        )}
      </div>
    );
  }
  return <Outlet />;
}

function Drawer() {
  const [open, setOpen] = useState(false);
  return (
    <RadixDialog.Root open={open} onOpenChange={setOpen}>
      <RadixDialog.Trigger asChild>
        <IconButton label="Menu" className="md:hidden">
          <MenuIcon aria-hidden />
        </IconButton>
      </RadixDialog.Trigger>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-fade bg-[oklch(0.15_0.02_235/0.45)]" />
        <RadixDialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 w-72 max-w-[85vw] animate-slide-left overflow-y-auto border-r bg-panel shadow-float outline-none"
        >
          <div className="flex h-12 items-center justify-between border-b pr-2 pl-4">
            <RadixDialog.Title className="font-semibold">Headgate</RadixDialog.Title>
            <RadixDialog.Close asChild>
              <IconButton label="Close menu">
                <X aria-hidden />
              </IconButton>
            </RadixDialog.Close>
          </div>
          <Navigation onNavigate={() => setOpen(false)} />
          <a href="/docs" className="mx-2 flex h-11 items-center gap-2.5 rounded-md px-2 text-muted">
            <BookOpen aria-hidden className="size-4" />
            API reference
          </a>
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

function EnvironmentSwitch() {
  const { environment } = useApi();
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const change = (next: Environment) => {
    // What one environment has, the other has not: from a thing's own page the way leads to its list.
    const list = path.replace(/^\/(sources|people|destinations|templates|sandbox)\/.+$/, '/$1');
    void navigate({ to: list, search: { env: next === 'test' ? 'test' : undefined } });
  };
  return (
    <Segmented
      label="Environment"
      value={environment}
      onChange={change}
      options={[
        { value: 'live', label: 'Live' },
        {
          value: 'test',
          label: (
            <>
              {environment === 'test' && <span aria-hidden className="size-1.5 rounded-full bg-warn" />}
              Test
            </>
          ),
        },
      ]}
    />
  );
}

const THEMES: readonly { value: Theme; label: string; icon: React.ReactNode }[] = [
  { value: 'system', label: 'System', icon: <Monitor aria-hidden /> },
  { value: 'light', label: 'Light', icon: <Sun aria-hidden /> },
  { value: 'dark', label: 'Dark', icon: <Moon aria-hidden /> },
];

function ThemeMenu() {
  const theme = useTheme();
  return (
    <Menu
      trigger={
        <IconButton label="Theme" className="max-sm:hidden">
          {THEMES.find((choice) => choice.value === theme)?.icon}
        </IconButton>
      }
    >
      <MenuChoice value={theme} onChange={setTheme} options={THEMES} />
    </Menu>
  );
}

function PersonMenu() {
  const me = useQuery(meQuery(useApi()));
  const theme = useTheme();
  const navigate = useNavigate();
  return (
    <Menu
      trigger={
        <IconButton label="Your account">
          <UserRound aria-hidden />
        </IconButton>
      }
    >
      <MenuLabel>
        <span className="block font-medium text-ink text-sm">{me.data?.user?.email ?? '…'}</span>
        <span>{me.data?.role ?? ''}</span>
      </MenuLabel>
      <MenuSeparator />
      <div className="sm:hidden">
        <MenuChoice value={theme} onChange={setTheme} options={THEMES} />
        <MenuSeparator />
      </div>
      <MenuItem onSelect={() => void navigate({ to: '/account' })}>
        <Settings2 aria-hidden /> Account
      </MenuItem>
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden /> Sign out
      </MenuItem>
    </Menu>
  );
}
