import { detectorSuite } from "../detector.suite.ts";
import { cmdi } from "./index.ts";

detectorSuite(cmdi);
