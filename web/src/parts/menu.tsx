/** A menu behind a button. */
import { Content, Item, Portal, Root, Trigger } from "@radix-ui/react-dropdown-menu";
import type { ReactNode } from "react";
import { Icon } from "./icons.tsx";

export interface Choice {
  readonly label: string;
  readonly chosen?: boolean;
  readonly choose: () => void;
}

export function Menu({
  label,
  children,
  choices,
  className = "button",
}: {
  /** For those who do not see what is inside of the button. */
  readonly label?: string;
  readonly children: ReactNode;
  readonly choices: readonly Choice[];
  readonly className?: string;
}) {
  return (
    // Not modal: that would write a style element, which the page's policy forbids.
    <Root modal={false}>
      <Trigger className={className} aria-label={label}>
        {children}
      </Trigger>
      <Portal>
        <Content align="end" sideOffset={6} className="card z-40 min-w-44 p-1 shadow-lg">
          {choices.map(({ label: words, chosen = false, choose }) => (
            <Item
              key={words}
              onSelect={choose}
              className="flex min-h-8 cursor-pointer items-center gap-2 rounded px-2 text-small outline-none data-highlighted:bg-sunken"
            >
              <Icon name="check" className={chosen ? "" : "invisible"} />
              {words}
            </Item>
          ))}
        </Content>
      </Portal>
    </Root>
  );
}
