import { detectorSuite } from "../detector.suite.ts";
import { xpath } from "./index.ts";

detectorSuite(xpath);
