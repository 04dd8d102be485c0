/** On which days and at which hours it was active, in the reader's zone. */
import { plural } from "../../../src/report/format-values.ts";
import type { Answer } from "../api/client.ts";
import { Card } from "../parts/basics.tsx";
import { timeOf } from "../parts/when.tsx";

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

export function HoursMap({
  buckets,
}: {
  readonly buckets: Answer<"GET /entities/{type}/{value}">["buckets"];
}) {
  const cells = new Map<string, number>();
  for (const { time, requests } of buckets) {
    const at = new Date(timeOf(time));
    const key = `${at.getDay()} ${at.getHours()}`;
    cells.set(key, (cells.get(key) ?? 0) + requests);
  }
  const most = Math.max(1, ...cells.values());
  return (
    <Card title="Hours">
      <div
        className="grid grid-cols-[2.5rem_repeat(24,minmax(0,1fr))] gap-0.5 px-4 pb-4 text-small"
        role="img"
        aria-label={`Active in ${plural(cells.size, "hour")} of the week`}
      >
        {DAYS.map((day, index) => (
          <div key={day} className="contents">
            <span className="text-muted">{day}</span>
            {HOURS.map((hour) => {
              const requests = cells.get(`${index} ${hour}`) ?? 0;
              return (
                <span
                  key={hour}
                  className="h-5 rounded-xs bg-sunken"
                  title={`${day} ${hour}:00, ${plural(requests, "request")}`}
                  style={
                    requests === 0
                      ? undefined
                      : {
                          background: `color-mix(in srgb, var(--focus) ${20 + 80 * Math.sqrt(requests / most)}%, var(--sunken))`,
                        }
                  }
                />
              );
            })}
          </div>
        ))}
        <span />
        {HOURS.map((hour) => (
          <span key={hour} className="w-0 text-muted whitespace-nowrap">
            {hour % 6 === 0 ? hour : ""}
          </span>
        ))}
      </div>
    </Card>
  );
}
