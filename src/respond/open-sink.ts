/** The sink that a route's settings name. */
import type { Resolve } from "./guard.ts";
import type { SinkSettings } from "./settings.ts";
import { signingKey } from "./sign.ts";
import type { Sink } from "./sink.ts";
import { discordSink } from "./sinks/discord.ts";
import { emailSink } from "./sinks/email.ts";
import { slackSink } from "./sinks/slack.ts";
import { teamsSink } from "./sinks/teams.ts";
import { webhookSink } from "./sinks/webhook.ts";

export interface SinkSurroundings {
  readonly allowed: ReadonlySet<string>;
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly resolve?: Resolve;
}

export function openSink(settings: SinkSettings, surroundings: SinkSurroundings): Sink {
  if (settings.kind === "email") return emailSink(settings, surroundings.timeoutMs);
  const { kind, url } = settings;
  const options = { kind, url, ...surroundings };
  switch (kind) {
    case "slack":
      return slackSink(options);
    case "discord":
      return discordSink(options);
    case "teams":
      return teamsSink(options);
    case "webhook": {
      const key = signingKey(settings.secret);
      if (key === undefined) throw new Error("the settings were read without their checks");
      return webhookSink(options, key);
    }
  }
}
