/**
 * What an attempt to log in came to. Servers differ: APIs answer 200 and 401; form logins answer 302 when it
 * worked and the form again, 200, when it did not. Each login endpoint's own mix of answers tells which.
 */
import { FACT_FLAG, type Fact, METHOD } from "../fact.ts";
import type { AuthOutcome } from "./detector.ts";
import { type Endpoint, isRefusal } from "./endpoints.ts";

const CREDENTIAL_FLAGS = FACT_FLAG.LOGIN | FACT_FLAG.CODE;

const CHANGE_FLAGS = FACT_FLAG.CHANGE_PASSWORD | FACT_FLAG.CHANGE_MFA;

export function authOutcome(fact: Fact, endpoint: Endpoint): AuthOutcome {
  if ((fact.flags & CREDENTIAL_FLAGS) === 0) return "none";
  const { method, status } = fact;
  if (method !== METHOD.POST && method !== METHOD.PUT) {
    if ((fact.flags & FACT_FLAG.CODE) !== 0 && fact.objectKey !== 0) return secretInPath(status);
    return status === 401 && fact.userKey !== 0 ? "failure" : "none";
  }
  // Asking for a new password presents no secret: that nobody is called so is no wrong guess at one.
  if (status === 404 && (fact.flags & FACT_FLAG.RESET) !== 0) return "none";
  if (isRefusal(status) || status === 404) return "failure";
  // `PUT /me/password`: somebody who is in already, and is let do it.
  if ((fact.flags & CHANGE_FLAGS) !== 0 && status > 0 && status < 400) return "none";
  if (status >= 500 || status === 0) return "attempt";
  const refuses = endpoint.refusals > 0;
  if (status >= 300) {
    if (refuses || endpoint.status2 > 0) return "success";
    return "attempt";
  }
  if (refuses) return "success";
  return endpoint.status3 > 0 ? "failure" : "attempt";
}

/** A reset link or a coupon that is asked for by its secret: what does not exist was guessed wrong. */
function secretInPath(status: number): AuthOutcome {
  if (status === 404 || status === 410) return "failure";
  return status >= 200 && status < 300 ? "success" : "none";
}
