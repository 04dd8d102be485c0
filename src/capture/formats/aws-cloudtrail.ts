/**
 * AWS CloudTrail records (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html).
 * A record has no HTTP status: the one given here says what the error code means.
 */
import { jsonFormat } from "./json/json-format.ts";
import { compilePath } from "./json/path.ts";
import { textOf } from "./json/setters.ts";

const consoleLogin = compilePath("responseElements.ConsoleLogin");
const STATUS_OF_ERROR: readonly (readonly [RegExp, number])[] = [
  [/AccessDenied|Unauthorized|NotAuthorized|Forbidden/i, 403],
  [/Failed authentication|InvalidClientToken|SignatureDoesNotMatch|ExpiredToken|AuthFailure/i, 401],
  [/Throttl|RequestLimitExceeded|TooMany|SlowDown/i, 429],
  [/NotFound|NoSuch|DoesNotExist/i, 404],
  [/Internal|ServiceUnavailable/i, 500],
];

export const awsCloudtrail = jsonFormat({
  id: "aws-cloudtrail",
  title: "AWS CloudTrail JSON",
  requires: ["eventName", "eventSource", "eventTime"],
  fields: {
    timestamp: "eventTime",
    "event.id": "eventID",
    "client.address": "sourceIPAddress",
    "user_agent.original": "userAgent",
    "user.id": "userIdentity.userName|userIdentity.arn|userIdentity.principalId",
    "organization.id": "recipientAccountId|userIdentity.accountId",
    "rpc.method": "eventName",
    "service.name": "eventSource",
    "server.address": "tlsDetails.clientProvidedHostHeader|eventSource",
    "http.request.body": "requestParameters",
    "http.response.body": "responseElements",
    "error.type": "errorCode|errorMessage",
    "http.response.status_code": "httpStatus",
  },
  finish(event, record) {
    const error = textOf(record.errorCode) ?? textOf(record.errorMessage);
    const refused = consoleLogin(record) === "Failure";
    const known = STATUS_OF_ERROR.find(([pattern]) => error !== undefined && pattern.test(error))?.[1];
    event["http.response.status_code"] ??= refused ? 401 : error === undefined ? 200 : (known ?? 400);
    return true;
  },
});
