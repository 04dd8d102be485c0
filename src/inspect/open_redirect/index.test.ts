import { detectorSuite } from "../detector.suite.ts";
import { openRedirect } from "./index.ts";

detectorSuite(openRedirect);
