/** Ctrl+K: go anywhere by typing. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { Key } from "../parts/basics.tsx";
import { Icon } from "../parts/icons.tsx";
import { PLACES } from "./places.ts";

interface Command {
  readonly label: string;
  readonly run: () => void;
}

const IS_MAC = navigator.platform.startsWith("Mac");
const ADDRESS = /^[\da-f.:]{3,45}$/i;

export function CommandPalette() {
  const dialog = useRef<HTMLDialogElement>(null);
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      open();
    };
    const open = () => {
      setText("");
      setAt(0);
      if (dialog.current?.open === false) dialog.current.showModal();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);

  const wanted = text.trim();
  const commands: readonly Command[] = [
    ...PLACES.filter(({ label }) => label.toLowerCase().includes(wanted.toLowerCase())).map(
      ({ label, to }) => ({
        label: `Go to ${label}`,
        run: () => void navigate({ to }),
      }),
    ),
    ...(wanted === ""
      ? []
      : [
          {
            label: `Search events for “${wanted}”`,
            run: () => void navigate({ to: "/explore", search: { q: quoted(wanted) } }),
          },
        ]),
    ...(ADDRESS.test(wanted)
      ? [
          {
            label: `Profile of the address ${wanted}`,
            run: () =>
              void navigate({
                to: "/entities/$type/$value",
                params: { type: "client.address", value: wanted },
              }),
          },
        ]
      : []),
  ];
  const chosen = Math.min(at, commands.length - 1);

  function run(command: Command | undefined) {
    dialog.current?.close();
    command?.run();
  }

  return (
    <>
      <button
        type="button"
        className="flex min-h-9 items-center gap-2.5 rounded-md px-2.5 text-muted hover:bg-sunken hover:text-text"
        onClick={() => {
          setText("");
          setAt(0);
          dialog.current?.showModal();
        }}
      >
        <Icon name="right" /> Go to{" "}
        <span className="ml-auto hidden lg:inline">
          <Key>{IS_MAC ? "⌘K" : "Ctrl K"}</Key>
        </span>
      </button>
      <dialog
        ref={dialog}
        aria-label="Go to"
        className="card mt-[12vh] w-[min(36rem,calc(100vw-2rem))] p-0 shadow-xl"
        onClick={(event) => {
          if (event.target === dialog.current) dialog.current?.close();
        }}
        onKeyDown={(event) => {
          const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
          if (step !== 0) {
            event.preventDefault();
            setAt((chosen + step + commands.length) % Math.max(1, commands.length));
          } else if (event.key === "Enter") {
            event.preventDefault();
            run(commands[chosen]);
          }
        }}
      >
        <input
          className="w-full border-b border-line bg-transparent px-4 py-3 text-lead outline-none"
          role="combobox"
          aria-expanded="true"
          aria-controls="commands"
          aria-activedescendant={chosen < 0 ? undefined : `command-${chosen}`}
          aria-label="Page, address, or words to search for"
          placeholder="Page, address, or words to search for"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
        />
        <div
          id="commands"
          role="listbox"
          aria-label="What it finds"
          className="max-h-80 overflow-y-auto p-1.5"
        >
          {commands.map((command, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the box above keeps the focus and names the chosen one
            // biome-ignore lint/a11y/useKeyWithClickEvents: the dialog has the keys
            <div
              key={command.label}
              id={`command-${index}`}
              role="option"
              aria-selected={index === chosen}
              className="flex min-h-9 cursor-pointer items-center rounded px-2.5 aria-selected:bg-sunken"
              onClick={() => run(command)}
              onPointerMove={() => setAt(index)}
            >
              {command.label}
            </div>
          ))}
          {commands.length === 0 && <p className="p-3 text-muted">Nothing of that name.</p>}
        </div>
      </dialog>
    </>
  );
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&")}"`;
}
