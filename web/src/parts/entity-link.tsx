/** The name of who did something, leading to what else is known of them. */
import { Link } from "@tanstack/react-router";
import type { Entity } from "../../../src/event.ts";
import { ROLLED_UP } from "../entities/kinds.ts";
import { Logged } from "./basics.tsx";

export function EntityLink({
  entity,
  className = "",
}: {
  readonly entity: Entity;
  readonly className?: string;
}) {
  const { type, value } = entity;
  if (!ROLLED_UP.some((each) => each === type)) return <Logged text={value} className={className} />;
  return (
    <Link to="/entities/$type/$value" params={{ type, value }} className={`hover:underline ${className}`}>
      <Logged text={value} />
    </Link>
  );
}
