/** The frame of everything behind the sign-in: where one is, where one can go. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { SignIn } from "../account/sign-in.tsx";
import { leave, sessionQuery, useRights } from "../api/session.ts";
import { Skeleton, Trouble } from "../parts/basics.tsx";
import { Icon, type IconName, Mark } from "../parts/icons.tsx";
import { Menu } from "../parts/menu.tsx";
import { CommandPalette } from "./command-palette.tsx";
import { PLACES } from "./places.ts";
import { SampleBanner } from "./sample-banner.tsx";
import { type Theme, useTheme } from "./theme.ts";

export function Shell() {
  const { data: session, error, isPending } = useQuery(sessionQuery);
  const [known, setKnown] = useState(false);
  useEffect(() => {
    if (session) setKnown(true);
  }, [session]);
  if (isPending) return <Skeleton className="mx-auto max-w-xl pt-24" />;
  if (error !== null) return <Trouble error={error} className="m-6" />;
  if (session === null) return <SignIn ended={known} />;
  return <Frame />;
}

function Frame() {
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page closes the menu
  useEffect(() => setOpen(false), [pathname]);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <a href="#main" className="button absolute -top-20 left-2 z-50 focus:top-2">
        To the content
      </a>
      <header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-b border-line bg-surface px-3 lg:hidden">
        <button
          type="button"
          className="button button-plain px-2"
          aria-expanded={open}
          aria-controls="places"
          aria-label="Menu"
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? "close" : "menu"} />
        </button>
        <Link to="/" className="flex items-center gap-2 font-semibold">
          <Mark /> Vedette
        </Link>
      </header>
      <nav
        id="places"
        aria-label="Pages"
        className={`${open ? "flex" : "hidden"} fixed inset-x-0 top-13 bottom-0 z-20 flex-col gap-0.5 overflow-y-auto border-line bg-surface p-3 lg:sticky lg:inset-auto lg:top-0 lg:flex lg:h-dvh lg:border-r`}
      >
        <Link to="/" className="mb-3 hidden items-center gap-2 px-2.5 pt-1.5 text-lead font-semibold lg:flex">
          <Mark /> Vedette
        </Link>
        {PLACES.map(({ to, label, icon }) => (
          <Place key={to} to={to} label={label} icon={icon} />
        ))}
        <div className="mt-auto grid gap-0.5 pt-4">
          <CommandPalette />
          <Account />
        </div>
      </nav>
      <main id="main" className="min-w-0" tabIndex={-1}>
        <SampleBanner />
        <Outlet />
      </main>
    </div>
  );
}

const ROW =
  "flex min-h-9 w-full items-center gap-2.5 rounded-md px-2.5 text-base text-muted hover:bg-sunken hover:text-text";

function Place({
  to,
  label,
  icon,
}: {
  readonly to: string;
  readonly label: string;
  readonly icon: IconName;
}) {
  return (
    <Link
      to={to}
      activeOptions={{ exact: to === "/", includeSearch: false }}
      className={ROW}
      activeProps={{ className: "bg-sunken font-semibold !text-text" }}
    >
      <Icon name={icon} />
      {label}
    </Link>
  );
}

const THEMES: readonly (readonly [Theme, string])[] = [
  ["system", "As the system"],
  ["light", "Light"],
  ["dark", "Dark"],
];

function Account() {
  const { name, role } = useRights();
  const [theme, setTheme] = useTheme();
  const client = useQueryClient();
  const themes = THEMES.map(([value, label]) => ({
    label,
    chosen: theme === value,
    choose: () => setTheme(value),
  }));
  return (
    <Menu className={ROW} choices={[...themes, { label: "Sign out", choose: () => void leave(client) }]}>
      <Icon name="person" />
      <span className="grid min-w-0 text-left leading-tight">
        <span className="truncate">
          <span className="sr-only">Account of </span>
          {name}
        </span>
        <span className="text-small text-muted">{role}</span>
      </span>
    </Menu>
  );
}
