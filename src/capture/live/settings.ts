/** Settings of live sources: files that are followed, ports where syslog is heard. docs/capture.md shows them in use. */
import { z } from "zod";

const reading = {
  /** A format's name or a log_format string; "auto" finds it out. */
  format: z.string().min(1).max(4_000).default("auto"),
  /** Minutes east of UTC of times that carry no zone. */
  zone_minutes: z.number().int().min(-840).max(840).default(0),
  /** Service of events that name none. */
  service: z.string().min(1).max(200).optional(),
};

const MAX_SOURCES = 100;

export const sourceSettings = z.strictObject({
  files: z
    .array(
      z.strictObject({
        /** Paths and globs. */
        paths: z.array(z.string().min(1).max(4_000)).min(1).max(1_000),
        /** Where files begin that are there at the first start. */
        from: z.enum(["start", "end"]).default("end"),
        ...reading,
      }),
    )
    .max(MAX_SOURCES)
    .default([]),
  syslog: z
    .array(
      z.strictObject({
        transport: z.enum(["udp", "tcp", "tls"]),
        host: z.string().min(1).max(255).default("127.0.0.1"),
        port: z.number().int().min(0).max(65_535),
        /** PEM files, for TLS. With `ca`, senders must show a certificate that it signed. */
        cert: z.string().min(1).optional(),
        key: z.string().min(1).optional(),
        ca: z.string().min(1).optional(),
        ...reading,
      }),
    )
    .max(MAX_SOURCES)
    .default([]),
});

export type SourceSettings = z.infer<typeof sourceSettings>;
