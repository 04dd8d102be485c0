import { detectorSuite } from "../detector.suite.ts";
import { ssti } from "./index.ts";

detectorSuite(ssti);
