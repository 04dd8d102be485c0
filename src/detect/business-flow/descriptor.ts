import type { Descriptor } from "../detector.ts";

export const businessFlowDescriptor: Descriptor = {
  id: "business_flow",
  title: "Abuse of a business flow",
  meaning:
    "A flow that people go through step by step (order, redeem, sign up) is run by programs, over and over, or without a step that nearly everybody makes.",
  category: "business_flow",
  severity: "medium",
  owasp: ["API6:2023"],
  mitre: ["T1496", "T1585"],
  cwe: ["CWE-799", "CWE-841", "CWE-837"],
  needs: ["url.path", "client.address", "http.request.method", "http.response.status_code"],
  better: {
    "user.id": "whose steps they are, across addresses",
    "session.id": "whose steps they are, without accounts",
  },
  thresholds: [
    {
      name: "fast",
      floor: 8,
      least: 2,
      most: 1_000_000,
      unit: "runs of one flow within an hour, twenty times faster than one in two; by one account alone three times as many",
      learned: "four times the usual number in an hour, where the runs come from many addresses",
      why: "A form that is filled in for somebody is fast now and then; nobody is, time and again.",
    },
    {
      name: "skipped",
      floor: 3,
      least: 1,
      most: 1_000_000,
      unit: "runs of one flow within a day without a step that nearly everybody makes",
      learned: "fixed",
      why: "A step that was lost in the log, or made elsewhere, happens once.",
    },
    {
      name: "runs",
      floor: 30,
      least: 4,
      most: 1_000_000,
      unit: "runs of one flow within a day, where others make few",
      learned: "four times the 99th percentile of others, times the people behind a shared address",
      why: "Accounts, orders and vouchers are made by ones and twos; a farm makes dozens.",
    },
  ],
  falsePositives: [
    "Synthetic checks of your own that go through the whole flow many times an hour.",
    "A shop assistant or kiosk that signs customers up all day.",
    "Customers who pay by invoice, where hardly anyone does.",
  ],
  investigate: [
    "Do the accounts have age, names and addresses in common? Was one product or voucher meant?",
    "Does the server test that the step was made, or only the page?",
  ],
  respond: [
    "Keep the state of the flow on the server and refuse a step whose predecessor is missing.",
    "Ask for a proof of work or of a person at the last step; limit it per account, device and payment means.",
  ],
};
