/** A table of what was set up, one row for each, the last column for changing it. */
import type { ReactNode } from "react";
import { Card, Skeleton, Trouble } from "../parts/basics.tsx";

export function ListCard({
  title,
  heads,
  error,
  children,
}: {
  readonly title: string;
  /** Of all columns but the last. */
  readonly heads: readonly string[];
  readonly error: unknown;
  /** Rows; undefined while they are not known. */
  readonly children: ReactNode | undefined;
}) {
  return (
    <Card title={title} wide>
      <Trouble error={error} className="m-4" />
      {children === undefined ? (
        error === null && <Skeleton />
      ) : (
        <table className="rows w-full">
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head}>{head}</th>
              ))}
              <th>
                <span className="sr-only">Change</span>
              </th>
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      )}
    </Card>
  );
}
