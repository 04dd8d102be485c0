/** A program's webhook: the notice as JSON, signed. */
import { createHttpSink, type HttpSinkOptions } from "../http-sink.ts";
import { signatureOf } from "../sign.ts";
import type { Sink } from "../sink.ts";

export function webhookSink(options: HttpSinkOptions, key: Buffer): Sink {
  return createHttpSink(options, (notice) => {
    const body = JSON.stringify(notice);
    const seconds = Math.floor(options.now() / 1000);
    return {
      headers: {
        "webhook-id": notice.id,
        "webhook-timestamp": String(seconds),
        "webhook-signature": signatureOf(key, notice.id, seconds, body),
      },
      body,
    };
  });
}
