/** The whole examination, in the order in which things are needed. Nothing is changed by it. */
import type { Config } from "../config.ts";
import { readFolderAddress } from "../store/folder-address.ts";
import { checkAlertRoutes } from "./alert-routes.ts";
import type { Finding } from "./check.ts";
import { checkDataFolder } from "./data-folder.ts";
import { checkPort } from "./port.ts";
import { checkBuild, checkMemory, checkNode, checkStoreEngine } from "./program.ts";
import { checkRecords } from "./records.ts";

/** @param now milliseconds since the epoch */
export async function examine(config: Config, now: number): Promise<readonly Finding[]> {
  return [
    checkNode(process.versions.node),
    checkBuild(),
    checkMemory(),
    await checkStoreEngine(config.store),
    ...(config.records === undefined ? [] : [await checkRecords(config.records)]),
    ...(await checkDataFolder(config.data, config.budgetBytes, now)),
    ...(await checkPort(config.host, config.port, readFolderAddress(config.data)?.url)),
    ...(await checkAlertRoutes(config.alerts)),
  ];
}
