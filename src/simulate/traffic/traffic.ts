/** All ordinary traffic of a run: people, programs, and the days that look alarming and are not. */
import type { Settings } from "../options.ts";
import type { Scene } from "../scene.ts";
import { arrivals } from "./arrivals.ts";
import { startCrawlers } from "./background/crawlers.ts";
import { startFeeds } from "./background/feeds.ts";
import { startIntegrationTests } from "./background/integration-tests.ts";
import { startMonitors } from "./background/monitors.ts";
import { startPartners } from "./background/partners.ts";
import { startServices } from "./background/services.ts";
import { startStaff } from "./background/staff.ts";
import { startCoverage } from "./coverage.ts";
import { brokenClients } from "./episodes/broken-clients.ts";
import { deploys } from "./episodes/deploy.ts";
import { loginTrouble } from "./episodes/login-trouble.ts";
import { marketingSpikes } from "./episodes/marketing-spike.ts";
import { officeRush } from "./episodes/office-rush.ts";
import { partnerBatches } from "./episodes/partner-batches.ts";
import { oddPeople } from "./episodes/people.ts";

export function startTraffic(scene: Scene, settings: Settings): void {
  scene.spawn(arrivals(scene));
  startCrawlers(scene);
  startMonitors(scene);
  startPartners(scene);
  startServices(scene);
  startFeeds(scene);
  startStaff(scene);
  startIntegrationTests(scene);
  officeRush(scene);
  marketingSpikes(scene);
  deploys(scene);
  oddPeople(scene);
  loginTrouble(scene);
  brokenClients(scene);
  partnerBatches(scene);
  startCoverage(scene, settings.addresses, settings.paths);
}
