/** People: who may come in, and as what. They choose their passwords themselves, behind a one-time link. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { inert } from "../../../src/report/inert.ts";
import { api } from "../api/client.ts";
import { useRights } from "../api/session.ts";
import { Card, Snippet, Trouble } from "../parts/basics.tsx";
import { Menu } from "../parts/menu.tsx";
import { When } from "../parts/when.tsx";
import { ListCard } from "./list-card.tsx";

const ROLES = ["viewer", "analyst", "admin"] as const;
type Role = (typeof ROLES)[number];
const ROLE_WORDS: Readonly<Record<Role, string>> = {
  viewer: "Viewer: looks",
  analyst: "Analyst: looks and works on incidents",
  admin: "Administrator: everything",
};

export function UsersTab() {
  const client = useQueryClient();
  const { name: own } = useRights();
  const { data, error } = useQuery({
    queryKey: ["users"],
    queryFn: ({ signal }) => api("GET /users", { signal }),
  });
  const again = () => client.invalidateQueries({ queryKey: ["users"] });
  const link = useMutation({
    mutationFn: (asked: { name: string; role: Role; services: string[] | null } | { id: string }) =>
      "id" in asked
        ? api("POST /users/{id}/link", { params: { id: asked.id } })
        : api("POST /users", { body: asked }),
    onSuccess: again,
  });
  const change = useMutation({
    mutationFn: ({ id, ...body }: { id: string; role?: Role; disabled?: boolean }) =>
      api("PATCH /users/{id}", { params: { id }, body }),
    onSuccess: again,
  });
  return (
    <div className="grid gap-4">
      <Card title="Invite someone">
        <form
          className="grid gap-3 px-4 pb-4"
          onSubmit={(event) => {
            event.preventDefault();
            const form = event.currentTarget;
            const fields = new FormData(form);
            const services = String(fields.get("services"))
              .split(",")
              .map((each) => each.trim())
              .filter(Boolean);
            const role = ROLES.find((each) => each === fields.get("role")) ?? "viewer";
            link.mutate(
              { name: String(fields.get("name")), role, services: services.length === 0 ? null : services },
              { onSuccess: () => form.reset() },
            );
          }}
        >
          <div className="flex flex-wrap gap-2">
            <input
              name="name"
              className="field min-w-40 flex-1"
              required
              maxLength={100}
              aria-label="Name"
              placeholder="Name"
            />
            <select name="role" className="field !w-auto" aria-label="Role">
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {ROLE_WORDS[role]}
                </option>
              ))}
            </select>
            <input
              name="services"
              className="field min-w-40 flex-1"
              aria-label="Services, separated by commas; all when empty"
              placeholder="All services, or some: shop, auth"
            />
            <button type="submit" className="button button-main" disabled={link.isPending}>
              Make a link
            </button>
          </div>
          <Trouble error={link.error} />
          {link.data !== undefined && (
            <Snippet
              label="Give them this link; it works once, for a day"
              text={`${location.origin}/setup#${link.data.token}`}
            />
          )}
        </form>
      </Card>
      <ListCard title="Users" heads={["Name", "Role", "Sees", "Since"]} error={error ?? change.error}>
        {data?.users.map((user) => (
          <tr key={user.id} className={user.disabled ? "text-muted" : ""}>
            <td>
              {inert(user.name)}
              {user.disabled && " (kept out)"}
              {user.locked && " (locked for a while)"}
            </td>
            <td>{user.role}</td>
            <td>{user.services === null ? "all services" : user.services.map(inert).join(", ")}</td>
            <td>
              <When at={user.created} />
            </td>
            <td className="figure">
              <Menu
                label={`Change ${inert(user.name)}`}
                choices={[
                  ...ROLES.filter((role) => role !== "admin" || user.services === null).map((role) => ({
                    label: ROLE_WORDS[role],
                    chosen: user.role === role,
                    choose: () => change.mutate({ id: user.id, role }),
                  })),
                  { label: "Link for a new password", choose: () => link.mutate({ id: user.id }) },
                  ...(user.name === own
                    ? []
                    : [
                        {
                          label: user.disabled ? "Let in again" : "Keep out",
                          choose: () => change.mutate({ id: user.id, disabled: !user.disabled }),
                        },
                      ]),
                ]}
              >
                Change
              </Menu>
            </td>
          </tr>
        ))}
      </ListCard>
    </div>
  );
}
