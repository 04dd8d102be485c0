import { detectorSuite } from "../detector.suite.ts";
import { ldap } from "./index.ts";

detectorSuite(ldap);
