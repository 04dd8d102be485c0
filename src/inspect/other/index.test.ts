import { detectorSuite } from "../detector.suite.ts";
import { other } from "./index.ts";

detectorSuite(other);
