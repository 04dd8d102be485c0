/**
 * Kubernetes audit log (https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/): a request to the API server
 * is the event of its last stage; those of earlier stages speak of the same request.
 */
import { parseTimestamp } from "../timestamp.ts";
import { jsonFormat } from "./json/json-format.ts";
import { textOf } from "./json/setters.ts";

/** Verbs of the API server and the methods they come from. */
const METHODS: Readonly<Record<string, string>> = {
  get: "GET",
  list: "GET",
  watch: "GET",
  create: "POST",
  update: "PUT",
  patch: "PATCH",
  delete: "DELETE",
  deletecollection: "DELETE",
};

export const kubernetesAudit = jsonFormat({
  id: "kubernetes-audit",
  title: "Kubernetes audit log",
  aliases: ["k8s-audit"],
  requires: ["auditID", "requestURI", "verb"],
  fields: {
    timestamp: "requestReceivedTimestamp|stageTimestamp",
    "event.id": "auditID",
    "client.address": "sourceIPs",
    "user_agent.original": "userAgent",
    "user.id": "user.username",
    "url.path": "requestURI",
    "http.request.method": "verb",
    "http.response.status_code": "responseStatus.code",
    "error.type": "responseStatus.reason",
    "http.request.body": "requestObject",
    "http.response.body": "responseObject",
    "service.name": "objectRef.resource",
    duration_ms: "duration",
  },
  finish(event, record, options) {
    const verb = textOf(record.verb) ?? "";
    event["http.request.method"] = METHODS[verb] ?? verb.toUpperCase();
    const elapsed = parseTimestamp(textOf(record.stageTimestamp) ?? "", options) - event.timestamp;
    if (elapsed >= 0) event.duration_ms = Math.round(elapsed * 1000) / 1000;
    return record.stage !== "RequestReceived" && record.stage !== "ResponseStarted";
  },
});
