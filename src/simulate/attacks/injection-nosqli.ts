import { injection } from "./injection.ts";
import { NOSQLI } from "./payloads/nosqli.ts";

export const injectionNosqli = injection({
  class: "nosqli",
  title: "operators of a document database in parameters",
  payloads: NOSQLI,
  points: ["search", "category", "sort", "login"],
  exploits: [
    { payload: '{"$where":"sleep(5000)||true"}', slower: 5_000 },
    { payload: '{"$gt":""}', larger: 30 },
  ],
  tools: ["python-requests/2.32.3"],
});
