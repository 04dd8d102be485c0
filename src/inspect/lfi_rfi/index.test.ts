import { detectorSuite } from "../detector.suite.ts";
import { lfiRfi } from "./index.ts";

detectorSuite(lfiRfi);
