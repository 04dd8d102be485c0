import { detectorSuite } from "../detector.suite.ts";
import { code } from "./index.ts";

detectorSuite(code);
