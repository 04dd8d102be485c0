import { detectorSuite } from "../detector.suite.ts";
import { prototypePollution } from "./index.ts";

detectorSuite(prototypePollution);
