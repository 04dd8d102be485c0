import { detectorSuite } from "../detector.suite.ts";
import { ssrf } from "./index.ts";

detectorSuite(ssrf);
