import { detectorSuite } from "../detector.suite.ts";
import { sqli } from "./index.ts";

detectorSuite(sqli);
