import { detectorSuite } from "../detector.suite.ts";
import { xss } from "./index.ts";

detectorSuite(xss);
