import { detectorSuite } from "../detector.suite.ts";
import { nosqli } from "./index.ts";

detectorSuite(nosqli);
