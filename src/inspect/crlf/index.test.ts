import { detectorSuite } from "../detector.suite.ts";
import { crlf } from "./index.ts";

detectorSuite(crlf);
