import { detectorSuite } from "../detector.suite.ts";
import { deserialization } from "./index.ts";

detectorSuite(deserialization);
