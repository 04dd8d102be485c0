import { detectorSuite } from "../detector.suite.ts";
import { log4shell } from "./index.ts";

detectorSuite(log4shell);
