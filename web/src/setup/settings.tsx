/** What a server needs people for: sources, keys, users, one's own account, and how it does. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type Rights, useRights } from "../api/session.ts";
import { Empty } from "../parts/basics.tsx";
import { Page } from "../shell/page.tsx";
import { AccountTab } from "./account-tab.tsx";
import { AlertsTab } from "./alerts-tab.tsx";
import { AuditTab } from "./audit-tab.tsx";
import { HealthTab } from "./health-tab.tsx";
import { KeysTab } from "./keys-tab.tsx";
import { SourcesTab } from "./sources-tab.tsx";
import { UsersTab } from "./users-tab.tsx";

const TABS: readonly {
  readonly id: string;
  readonly label: string;
  readonly for: (rights: Rights) => boolean;
  readonly Content: () => React.ReactNode;
}[] = [
  { id: "sources", label: "Sources", for: ({ seesAll }) => seesAll, Content: SourcesTab },
  { id: "keys", label: "Keys", for: ({ may }) => may("access:write"), Content: KeysTab },
  { id: "users", label: "Users", for: ({ may }) => may("access:write"), Content: UsersTab },
  {
    id: "alerts",
    label: "Alerts",
    for: ({ seesAll, may }) => seesAll && may("health:read") && may("incidents:read"),
    Content: AlertsTab,
  },
  {
    id: "health",
    label: "Health",
    for: ({ seesAll, may }) => seesAll && may("health:read"),
    Content: HealthTab,
  },
  { id: "audit", label: "Audit log", for: ({ may }) => may("audit:read"), Content: AuditTab },
  { id: "account", label: "Your account", for: () => true, Content: AccountTab },
];

export default function Settings() {
  const { tab } = useSearch({ from: "/shell/settings" });
  const navigate = useNavigate();
  const rights = useRights();
  const allowed = TABS.filter((each) => each.for(rights));
  const chosen = allowed.find(({ id }) => id === tab) ?? allowed[0];
  if (chosen === undefined) return <Empty title="Nothing to set up" />;
  return (
    <Page title="Set-up">
      <fieldset className="mb-4 flex flex-wrap gap-1" aria-label="Part">
        {allowed.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            className="button"
            aria-pressed={id === chosen.id}
            onClick={() => void navigate({ to: "/settings", search: (before) => ({ ...before, tab: id }) })}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <chosen.Content />
    </Page>
  );
}
