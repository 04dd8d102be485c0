/** Sample traffic: whether what is shown is made up, and the way to be rid of it. */
import { z } from "zod";
import { SAMPLE_STATES, type Sample } from "../../../sample/sample.ts";
import { time, whenever } from "../fields.ts";
import { route } from "../route.ts";

export function sampleRoutes(sample: Pick<Sample, "state" | "began" | "remove">) {
  return [
    route({
      method: "GET",
      path: "/sample",
      tag: "operations",
      summary: 'Whether there is sample traffic. Its events have deployment.environment.name == "sample".',
      need: "known",
      audit: null,
      answer: z.strictObject({ state: z.enum(SAMPLE_STATES), began: time.nullable() }),
      handle: async () => ({ state: sample.state, began: whenever(sample.began) }),
    }),
    route({
      method: "DELETE",
      path: "/sample",
      tag: "operations",
      summary:
        "End the sample traffic and remove all that it brought, for good. Nothing that was received is touched.",
      need: "sources:write",
      whole: true,
      audit: "sample.remove",
      async handle() {
        await sample.remove();
        return undefined;
      },
    }),
  ];
}
