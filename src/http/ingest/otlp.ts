/** POST /v1/traces and /v1/logs: OTLP/HTTP, in protobuf and JSON, with the answers that exporters understand. */
import type { FastifyInstance } from "fastify";
import {
  type OtlpAnswer,
  type OtlpEncoding,
  type OtlpSignal,
  otlpAnswer,
  otlpChoice,
  otlpEncoding,
  otlpFailure,
  otlpRecords,
} from "../../capture/live/otlp.ts";
import { VedetteError } from "../../errors.ts";
import type { IngestContext } from "./routes.ts";
import { checkServices, newestAt, receive } from "./sender.ts";

export function otlpRoutes(app: FastifyInstance, context: IngestContext): void {
  const { intake, now } = context;
  for (const signal of ["traces", "logs"] as const satisfies readonly OtlpSignal[]) {
    app.post(`/v1/${signal}`, async (request, reply) => {
      let encoding: OtlpEncoding = "application/json";
      let answer: OtlpAnswer;
      try {
        encoding = otlpEncoding(request.headers["content-type"]);
        const receipt = await receive(context, request, reply, async ({ body, sender }) => {
          const { bytes, skipped } = otlpRecords(signal, encoding, body);
          const choice = otlpChoice(signal, newestAt(now()));
          const taken = await intake.accept({ source: "otlp", choice, bytes, skipped, ...sender });
          checkServices(taken);
          return taken;
        });
        answer = otlpAnswer(signal, encoding, receipt);
      } catch (cause) {
        if (!(cause instanceof VedetteError)) throw cause;
        answer = otlpFailure(encoding, cause);
      }
      if (answer.status === 429 || answer.status === 503) void reply.header("retry-after", "1");
      return reply.code(answer.status).type(answer.contentType).send(answer.body);
    });
  }
}
