import { detectorSuite } from "../detector.suite.ts";
import { xxe } from "./index.ts";

detectorSuite(xxe);
