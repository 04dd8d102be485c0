/** The report as one HTML file that needs nothing else: to mail, to keep, to print. */

import { documentOf } from "./html/document.ts";
import { pageOf } from "./html/page-of.ts";
import type { ScanResult } from "./model.ts";

export function htmlReport(result: ScanResult): string {
  return documentOf(pageOf(result));
}
