import { detectorSuite } from "../detector.suite.ts";
import { traversal } from "./index.ts";

detectorSuite(traversal);
