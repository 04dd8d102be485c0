import { detectorSuite } from "../detector.suite.ts";
import { webshell } from "./index.ts";

detectorSuite(webshell);
