/** Which span of time the page is about. */
import { Icon } from "../parts/icons.tsx";
import { Menu } from "../parts/menu.tsx";
import { SPANS, type Span, useRange, useSetRange } from "./range.ts";

export function RangePicker() {
  const range = useRange();
  const setRange = useSetRange();
  const choices = (Object.keys(SPANS) as Span[]).map((span) => ({
    label: SPANS[span].words,
    chosen: range.span === span,
    choose: () => setRange({ range: span }),
  }));
  return (
    <Menu choices={choices}>
      <Icon name="clock" />
      {range.words}
    </Menu>
  );
}
